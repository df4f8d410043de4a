import { createHash } from 'node:crypto'
import { ApiError, notFound } from '../api-error.ts'
import { accessOf } from '../association.ts'
import { budgetOf } from '../authentication.ts'
import type { Repository } from '../entities.ts'
import { fileAt } from '../file-at.ts'
import { accountShape, profileShape } from '../shapes/account.ts'
import { fullRepositoryShape, repositoryShape } from '../shapes/repository.ts'
import { nameOf, type World } from '../world.ts'
import { Call, type Operation } from './operation.ts'
import { page, perPageOf } from './page.ts'

export const repositoryOperations: Operation[] = [
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}',
    caller: 'repository',
    handle: ({ world, repository }) => ({
      status: 200,
      body: fullRepositoryShape(world, repository),
    }),
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/forks',
    caller: 'repository',
    handle: (call) => {
      const direct = call.world.repositories.filter(({ parent }) => parent === call.repository)
      const oldest = call.query.get('sort') === 'oldest'
      return page(call, oldest ? direct : direct.toReversed(), (fork) =>
        repositoryShape(call.world, fork),
      )
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/stargazers/history',
    caller: 'repository',
    handle: starHistory,
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/contents/{path}',
    caller: 'repository',
    needs: { contents: 'read' },
    handle: contents,
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/collaborators/{username}/permission',
    caller: 'repository',
    needs: { metadata: 'read' },
    handle: permission,
  },
  {
    method: 'GET',
    path: '/users/{username}',
    caller: 'anyone',
    handle: ({ world, params }) => {
      const account = world.findAccount(params.username ?? '')
      if (!account) throw notFound()
      return { status: 200, body: profileShape(world, account) }
    },
  },
  {
    method: 'GET',
    path: '/rate_limit',
    caller: 'anyone',
    handle: ({ services: { rateLimits }, caller }) => {
      const owner = budgetOf(caller)
      const core = rateLimits.shape(owner, 'core')
      const search = { limit: 30, used: 0, remaining: 30, reset: core.reset }
      const resources = { core, search, graphql: rateLimits.shape(owner, 'graphql') }
      return { status: 200, body: { resources, rate: core } }
    },
  },
]

const dayMs = 24 * 60 * 60_000
/** GitHub gives thirty of these a page at most. */
const weeksAPage = 30

/** Weeks from Sunday on, the latest first, each with the stars given on its days that are still there. */
function starHistory(call: Call) {
  const { world, repository, url } = call
  const weekOf = (at: Date) => Math.floor((at.getTime() / dayMs + 4) / 7)
  const given = [...repository.stars.values()]
  const first = weekOf(repository.createdAt)
  const numbers = Array.from(
    { length: weekOf(world.now()) - first + 1 },
    (_, index) => first + index,
  )
  const capped = new URL(url)
  capped.searchParams.set('per_page', String(Math.min(weeksAPage, perPageOf(call))))
  return page(new Call(call.services, { ...call, url: capped }), numbers.toReversed(), (number) => {
    const begins = (number * 7 - 4) * dayMs
    const days = Array.from({ length: 7 }, (_, day) => {
      const from = begins + day * dayMs
      return given.filter((at) => at.getTime() >= from && at.getTime() < from + dayMs).length
    })
    const total = days.reduce((sum, stars) => sum + stars, 0)
    return { week: begins / 1000, total, days }
  })
}

function permission({ world, repository, params }: Call) {
  const account = world.findAccount(params.username ?? '')
  if (!account) throw new ApiError(404, `${params.username} is not a user`)
  const access = accessOf(repository, account) ?? 'none'
  const may = {
    admin: access === 'admin',
    maintain: access === 'admin',
    push: access === 'admin' || access === 'write',
    triage: access === 'admin' || access === 'write',
    pull: access !== 'none',
  }
  return {
    status: 200,
    body: {
      permission: access,
      role_name: access,
      user: { ...accountShape(world, account), permissions: may, role_name: access },
    },
  }
}

/** One file, or the entries of a folder. */
function contents({ world, repository, params, query }: Call) {
  const path = (params.path ?? '').replace(/^\/+|\/+$/g, '')
  const ref = (query.get('ref') ?? repository.defaultBranch).replace(/^refs\/heads\//, '')
  const branch = branchOf(repository, ref)
  const files = branch === undefined ? undefined : repository.files.get(branch)
  const text = files?.get(path) ?? fileAt(world, repository, { rev: ref, path })
  if (text !== null) {
    const bytes = Buffer.from(text)
    return {
      status: 200,
      body: {
        ...entryShape(world, { repository, ref, path }, text),
        content: (bytes.toString('base64').match(/.{1,60}/g) ?? [])
          .map((line) => `${line}\n`)
          .join(''),
        encoding: 'base64',
      },
    }
  }
  const below = [...(files ?? [])].filter(([name]) =>
    name.startsWith(path === '' ? '' : `${path}/`),
  )
  if (below.length === 0) throw notFound()
  const direct = below.filter(([name]) => !name.slice(path.length + 1).includes('/'))
  return {
    status: 200,
    body: direct.map(([name, content]) =>
      entryShape(world, { repository, ref, path: name }, content),
    ),
  }
}

/** A ref may be a branch or the commit that one stands at. */
function branchOf(repository: Repository, ref: string): string | undefined {
  if (repository.files.has(ref)) return ref
  return [...repository.branches].find(([, sha]) => sha === ref)?.[0]
}

function entryShape(
  world: World,
  at: { repository: Repository; ref: string; path: string },
  text: string,
) {
  const bytes = Buffer.from(text)
  const sha = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
  const name = nameOf(at.repository)
  const path = at.path.split('/').map(encodeURIComponent).join('/')
  const self = `${world.api}/repos/${name}/contents/${path}?ref=${encodeURIComponent(at.ref)}`
  const git = `${world.api}/repos/${name}/git/blobs/${sha}`
  const html = `${world.html}/${name}/blob/${at.ref}/${path}`
  return {
    name: at.path.split('/').at(-1) ?? at.path,
    path: at.path,
    sha,
    size: bytes.length,
    url: self,
    html_url: html,
    git_url: git,
    download_url: `${world.html}/raw/${name}/${at.ref}/${path}`,
    type: 'file',
    _links: { self, git, html },
  }
}
