import { ApiError, notFound } from '../api-error.ts'
import type { Caller } from '../authentication.ts'
import type { LoggedRequest } from '../exchange.ts'
import { maySee, type Services } from '../rest/operation.ts'
import { nameOf } from '../world.ts'
import { runGit, type StoredGit } from './stored-git.ts'

/** `/owner/name.git/info/refs`, and the same without `.git`. */
const gitPath = /^\/([^/]+\/[^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack)$/

/** Whether a request is for git, and not for a page. */
export function isForGit(pathname: string): boolean {
  return gitPath.test(pathname)
}

/**
 * Answers git as GitHub does: whoever may see a repository may fetch it, with a
 * token as the password, and nobody may push.
 */
export async function serveGit(
  services: Services,
  git: StoredGit,
  { request, requests }: { request: Request; requests: LoggedRequest[] },
): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  const [, fullName = '', service = ''] = gitPath.exec(decodeURI(pathname)) ?? []
  const response = await answer(services, git, { request, fullName, service })
  requests.push({
    method: request.method,
    path: decodeURI(pathname),
    query: search,
    operation: `git ${service}`,
    status: response.status,
    points: 0,
  })
  return response
}

async function answer(
  { world, authentication }: Services,
  git: StoredGit,
  { request, fullName, service }: { request: Request; fullName: string; service: string },
): Promise<Response> {
  const given = request.headers.get('authorization')
  try {
    const caller = authentication.caller(tokenIn(given))
    const moved = world.findFormerRepository(fullName)
    const repository = world.findRepository(fullName)
    if (repository === undefined && moved !== undefined && maySee(caller, moved)) {
      const location = request.url.replace(
        /\/\/([^/]+)\/[^/]+\/[^/]+?(?=(\.git)?\/)/,
        `//$1/${nameOf(moved)}`,
      )
      return new Response(null, { status: 301, headers: { location } })
    }
    if (repository === undefined || !maySee(caller, repository)) throw notFound()
    if (repository.private && !mayReadContents(caller)) throw new ApiError(403, 'Forbidden')
    const { root, path } = await git.place(repository)
    return await backend(request, { root, path: `/${path}/${service}` })
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    // Nobody is told that a private repository exists; whoever gave no name is asked for one.
    if (error.status === 404 && given === null) return refusal(401, 'Authentication required')
    return refusal(error.status, error.status === 404 ? 'Repository not found.' : error.message)
  }
}

function refusal(status: number, words: string): Response {
  const headers = {
    'content-type': 'text/plain',
    ...(status === 401 && { 'www-authenticate': 'Basic realm="GitHub"' }),
  }
  return new Response(`${words}\n`, { status, headers })
}

/** A token is the password; the name says nothing. */
function tokenIn(authorization: string | null): string | undefined {
  const [, basic] = /^basic (.+)$/i.exec(authorization ?? '') ?? []
  if (basic === undefined) return undefined
  const decoded = Buffer.from(basic, 'base64').toString()
  return `token ${decoded.slice(decoded.indexOf(':') + 1)}`
}

function mayReadContents(caller: Caller): boolean {
  return caller.kind !== 'installation' || caller.permissions.contents !== undefined
}

/** git's own server, by CGI (RFC 3875). */
async function backend(
  request: Request,
  { root, path }: { root: string; path: string },
): Promise<Response> {
  const { headers, method } = request
  const body = Buffer.from(await request.arrayBuffer())
  const { out } = await runGit(['http-backend'], body, {
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: '1',
    GIT_PROTOCOL: headers.get('git-protocol') ?? '',
    PATH_INFO: path,
    QUERY_STRING: new URL(request.url).search.slice(1),
    REQUEST_METHOD: method,
    CONTENT_TYPE: headers.get('content-type') ?? '',
    CONTENT_LENGTH: String(body.length),
    HTTP_CONTENT_ENCODING: headers.get('content-encoding') ?? '',
    REMOTE_ADDR: '127.0.0.1',
  })
  const end = out.indexOf('\r\n\r\n')
  const lines = out.subarray(0, end).toString().split('\r\n')
  const told = new Headers(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon), line.slice(colon + 1).trim()]
    }),
  )
  const status = Number.parseInt(told.get('status') ?? '200', 10)
  told.delete('status')
  return new Response(out.subarray(end + 4), { status, headers: told })
}
