import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Posted {
  id: number
  body: string
  user: { id: number; login: string; type: 'Bot' }
  created_at: string
  updated_at: string
}

export interface PostedComment extends Posted {
  thread: number
}

export interface PostedIssue extends Posted {
  number: number
  title: string
  state: string
  closed_at: null
}

type Answer = { status: number; body: unknown }

/**
 * A GitHub that knows little: tokens, comments and issues, and 404 for all
 * else, GraphQL and the App's own pages included. It ignores every filter and
 * does not say which App wrote something.
 */
export async function startPlainGitHub() {
  const comments: PostedComment[] = []
  const issues: PostedIssue[] = []
  let lastId = 70_000
  const posted = (body: unknown): Posted => {
    lastId += 1
    const at = '2026-03-02T12:00:00Z'
    const user = { id: 4_000_000, login: 'groundswell[bot]', type: 'Bot' as const }
    return { id: lastId, body: String(body), user, created_at: at, updated_at: at }
  }
  const found = (item: Posted | undefined): Answer =>
    item === undefined ? nothing : { status: 200, body: item }
  const change = <Item extends Posted>(item: Item | undefined, given: Partial<Item>): Answer => {
    if (item !== undefined) Object.assign(item, given)
    return found(item)
  }
  const commentOf = (id: number) => comments.find((comment) => comment.id === id)
  const issueOf = (number: number) => issues.find((issue) => issue.number === number)

  const routes: [string, RegExp, (number: number, given: Record<string, unknown>) => Answer][] = [
    ['POST', /^\/app\/installations\/(\d+)\/access_tokens$/, () => token],
    [
      'GET',
      /\/issues\/(\d+)\/comments$/,
      (number) => ({ status: 200, body: comments.filter(({ thread }) => thread === number) }),
    ],
    [
      'POST',
      /\/issues\/(\d+)\/comments$/,
      (thread, { body }) => {
        const comment = { ...posted(body), thread }
        comments.push(comment)
        return { status: 201, body: comment }
      },
    ],
    ['GET', /\/issues\/comments\/(\d+)$/, (id) => found(commentOf(id))],
    ['PATCH', /\/issues\/comments\/(\d+)$/, (id, given) => change(commentOf(id), given)],
    ['GET', /\/issues$/, () => ({ status: 200, body: issues })],
    [
      'POST',
      /\/issues$/,
      (_, { title, body }) => {
        const number = 5000 + issues.length
        const own = { number, title: String(title), state: 'open', closed_at: null }
        const issue = { ...posted(body), ...own }
        issues.push(issue)
        return { status: 201, body: issue }
      },
    ],
    ['GET', /\/issues\/(\d+)$/, (number) => found(issueOf(number))],
    ['PATCH', /\/issues\/(\d+)$/, (number, given) => change(issueOf(number), given)],
  ]

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const path = (request.url ?? '').replace(/\?.*$/, '').replace(/^\/api\/v3/, '')
    const given = JSON.parse(Buffer.concat(chunks).toString() || '{}')
    const route = routes.find(([method, form]) => method === request.method && form.test(path))
    const number = Number(route?.[1].exec(path)?.[1])
    const answer = route?.[2](number, given) ?? nothing
    response.writeHead(answer.status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer.body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`, // as: a TCP server has one
    comments,
    issues,
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

const nothing: Answer = { status: 404, body: { message: 'Not Found' } }
const token: Answer = {
  status: 201,
  body: {
    token: 'ghs_aTokenOfThePlainGitHub',
    expires_at: '2099-01-01T00:00:00Z',
    permissions: { issues: 'write' },
    repository_selection: 'all',
  },
}
