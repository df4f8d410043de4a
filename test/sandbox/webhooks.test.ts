import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { Webhooks } from '@octokit/webhooks'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Delivery } from '../../src/sandbox/deliveries.ts'
import { double } from './double.ts'

type Json = Record<string, unknown>

const secret = 'a secret of the test'

const examples: { name: string; examples: Json[] }[] = createRequire(import.meta.url)(
  '@octokit/webhooks-examples',
)

describe('webhook payloads', () => {
  it('are what GitHub describes, for everything that people do', async () => {
    const { github, contract } = await double()
    await liveALittle(github)
    const faults = github.deliveries.made.map(({ event, payload }) =>
      contract.checkWebhook(event, payload),
    )
    expect(faults.filter((fault) => fault !== null)).toEqual([])
    expect(new Set(github.deliveries.made.map(({ event }) => event)).size).toBeGreaterThan(14)
  })

  it('carry what GitHub’s recorded examples carry, of the same JSON types', async () => {
    const { github } = await double()
    await liveALittle(github)
    expect(github.deliveries.made.flatMap(differencesFromExamples)).toEqual([])
  })

  it('name the installation that receives them, and only where one does', async () => {
    const { github } = await double()
    github.addRepository('stranger', 'elsewhere')
    const ours = await github.star('octo/model', { by: 'newcomer-a' })
    const other = await github.star('stranger/elsewhere', { by: 'newcomer-a' })
    expect(ours.payload.installation).toMatchObject({ id: 77 })
    expect(other).toMatchObject({ installationId: null })
    expect(other.payload).not.toHaveProperty('installation')
  })
})

describe('deliveries', () => {
  it('are signed over the bytes that are sent, with GitHub’s headers', async () => {
    const app = await listeningApp()
    const { github } = await double({ webhookUrl: app.url })
    const { guid } = await github.openIssue('octo/model', { author: 'newcomer-a' })
    const [{ headers, body }] = app.received as [Received]
    expect(headers).toMatchObject({
      'x-github-event': 'issues',
      'x-github-delivery': guid,
      'x-github-hook-installation-target-type': 'integration',
      'user-agent': expect.stringMatching(/^GitHub-Hookshot\//),
    })
    const signature = String(headers['x-hub-signature-256'])
    expect(await new Webhooks({ secret }).verify(body, signature)).toBe(true)
    expect(await new Webhooks({ secret: 'another' }).verify(body, signature)).toBe(false)
  })

  it('that failed are in the log, and are sent again under the same guid', async () => {
    const app = await listeningApp()
    const { github, contract, call, appToken } = await double({ webhookUrl: app.url })
    github.failDeliveries(1)
    const { guid } = await github.openIssue('octo/model', { author: 'newcomer-a' })
    expect(app.received).toEqual([])

    const { body: log } = await call('GET', '/app/hook/deliveries', { token: appToken() })
    expect(log).toMatchObject([
      { guid, event: 'issues', action: 'opened', redelivery: false, status_code: 502 },
    ])
    const again = `/app/hook/deliveries/${log[0].id}/attempts`
    expect(await call('POST', again, { token: appToken() })).toMatchObject({ status: 202 })
    await github.settled()
    expect(app.received.map(({ headers }) => headers['x-github-delivery'])).toEqual([guid])

    const { body: after } = await call('GET', '/app/hook/deliveries', { token: appToken() })
    expect(after).toMatchObject([
      { guid, redelivery: true, status: 'OK' },
      { guid, redelivery: false },
    ])
    const one = await call('GET', `/app/hook/deliveries/${after[0].id}`, { token: appToken() })
    expect(one.body.request.payload.action).toBe('opened')
    expect(contract.violations).toEqual([])
  })

  it('leave the log after three days', async () => {
    const app = await listeningApp()
    const { github, pass, call, appToken } = await double({ webhookUrl: app.url })
    await github.star('octo/model', { by: 'newcomer-a' })
    pass(3 * 24 * 60 + 1)
    expect((await call('GET', '/app/hook/deliveries', { token: appToken() })).body).toEqual([])
  })

  it('can be walked through with a cursor', async () => {
    const app = await listeningApp()
    const { github, call, appToken } = await double({ webhookUrl: app.url })
    for (const by of ['newcomer-a', 'newcomer-b', 'newcomer-c']) {
      await github.star('octo/model', { by })
    }
    const first = await call('GET', '/app/hook/deliveries?per_page=2', { token: appToken() })
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
    const second = await call('GET', next.replace(`${github.url}/api/v3`, ''), {
      token: appToken(),
    })
    expect([...first.body, ...second.body].map(({ id }) => id)).toEqual(
      github.deliveries.attempts.map(({ id }) => id).reverse(),
    )
    expect(second.headers.get('link')).toBeNull()
  })

  it('tell of the App’s own writes, with the bot as sender', async () => {
    const app = await listeningApp()
    const { github, call, installationToken } = await double({ webhookUrl: app.url })
    const { number } = await github.openIssue('octo/model', { author: 'newcomer-a' })
    const token = await installationToken()
    await call('POST', `/repos/octo/model/issues/${number}/comments`, {
      token,
      body: { body: 'Hi' },
    })
    await github.settled()
    expect(JSON.parse(app.received.at(-1)?.body ?? '')).toMatchObject({
      action: 'created',
      sender: { login: 'groundswell[bot]', type: 'Bot' },
      comment: { body: 'Hi', performed_via_github_app: { slug: 'groundswell' } },
    })
  })

  it('tell of a change through the issues API by what the number stands for', async () => {
    const { github, contract, call, installationToken } = await double()
    await github.openIssue('octo/model', { author: 'newcomer-a' })
    await github.openPullRequest('octo/model', { author: 'newcomer-a' })
    const token = await installationToken()
    const before = github.deliveries.made.length
    for (const number of [1, 2]) {
      const body = { title: 'Renamed', state: 'closed' }
      await call('PATCH', `/repos/octo/model/issues/${number}`, { token, body })
    }
    const told = github.deliveries.made.slice(before)
    expect(told.map(({ event, payload }) => `${event}.${payload.action}`)).toEqual([
      'issues.edited',
      'issues.closed',
      'pull_request.edited',
      'pull_request.closed',
    ])
    expect(told.map(({ event, payload }) => contract.checkWebhook(event, payload))).toEqual(
      told.map(() => null),
    )
  })

  it('keep the status that the App answered', async () => {
    const app = await listeningApp(503)
    const { github } = await double({ webhookUrl: app.url })
    const delivery = await github.star('octo/model', { by: 'newcomer-a' })
    expect(await github.deliver(delivery)).toBe(503)
    expect(github.deliveries.attempts.at(-1)?.status).toBe('Invalid HTTP Response: 503')
  })
})

interface Received {
  headers: Record<string, unknown>
  body: string
}

async function listeningApp(status = 200) {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
    response.writeHead(status).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

type Double = Awaited<ReturnType<typeof double>>['github']

/** One of everything that the App hears of. */
async function liveALittle(github: Double): Promise<void> {
  const at = 'octo/model'
  const by = 'newcomer-a'
  github.addMember('octo', 'keeper')
  await github.changeRepositories('octo', { added: ['model'] })
  await github.star(at, { by })
  await github.unstar(at, { by })
  const { fullName } = await github.fork(at, { owner: by })
  await github.push(at, { by: 'keeper', commits: [{ coAuthors: ['mona'] }] })
  await github.release(at, { author: 'keeper' })
  const sha = github.world.repository(at).branches.get('main') ?? ''
  await github.commentOnCommit(at, sha, { author: by })
  const issue = await github.openIssue(at, { author: by, labels: ['bug'] })
  const said = await github.comment(at, issue.number, { author: 'keeper' })
  await github.editComment(at, said.commentId, { by: 'keeper', body: 'Or not.' })
  await github.deleteComment(at, said.commentId, { by: 'keeper' })
  await github.editIssue(at, issue.number, { by, title: 'It answers in verse' })
  await github.closeIssue(at, issue.number, { by: 'keeper' })
  await github.reopenIssue(at, issue.number, { by })
  await github.deleteIssue(at, issue.number, { by: 'keeper' })
  const pull = await github.openPullRequest(at, {
    author: by,
    headRepository: fullName,
    draft: true,
  })
  await github.pushToPullRequest(at, pull.number)
  await github.editPullRequest(at, pull.number, { by, body: 'Faster.' })
  await github.markReady(at, pull.number)
  await github.comment(at, pull.number, { author: 'keeper' })
  await github.review(at, pull.number, {
    author: 'keeper',
    comments: [{ path: 'a', body: 'Why?' }],
  })
  await github.closePullRequest(at, pull.number, { by })
  await github.reopenPullRequest(at, pull.number, { by })
  await github.mergePullRequest(at, pull.number, { by: 'keeper' })
  const talk = await github.openDiscussion(at, { author: by })
  const reply = await github.commentOnDiscussion(at, talk.number, { author: 'mona' })
  await github.answerDiscussion(at, talk.number, { commentId: reply.commentId, by })
  const below = { author: by, replyTo: reply.commentId }
  const { commentId } = await github.commentOnDiscussion(at, talk.number, below)
  await github.editDiscussionComment(at, commentId, { by, body: 'Or not.' })
  await github.deleteDiscussionComment(at, commentId, { by: 'keeper' })
  await github.lockDiscussion(at, talk.number, { by: 'keeper' })
  await github.setPrivate(at, true)
  await github.setPrivate(at, false)
  await github.renameRepository(at, 'weights')
  await github.archiveRepository('octo/weights')
  await github.suspend('octo')
  await github.unsuspend('octo')
  await github.deleteRepository('octo/weights')
  await github.uninstall('octo')
  await github.install('octo')
}

/** Keys that every recorded example of an event and action has, and ours lacks or has of another type. */
function differencesFromExamples({ event, payload }: Delivery): string[] {
  const known = examples.find(({ name }) => name === event)?.examples ?? []
  const same = known.filter(({ action }) => action === payload.action)
  return [undefined, 'pull_request', 'issue', 'comment', 'repository', 'sender'].flatMap((part) =>
    differences(
      `${event}.${payload.action} ${part ?? ''}`,
      same.flatMap((example) => (part === undefined ? [example] : partOf(example, part))),
      part === undefined ? payload : (partOf(payload, part)[0] ?? {}),
    ),
  )
}

function differences(where: string, recorded: Json[], ours: Json): string[] {
  const [first, ...others] = recorded
  if (!first) return []
  return Object.keys(first)
    .filter((key) => others.every((other) => key in other))
    .flatMap((key) => {
      if (!(key in ours)) return [`${where}: ${key} is missing`]
      const types = new Set(recorded.map((example) => typeOf(example[key])))
      const fits = types.has('null') || ours[key] === null || types.has(typeOf(ours[key]))
      return fits ? [] : [`${where}: ${key} is ${typeOf(ours[key])}, not ${[...types]}`]
    })
}

function partOf(payload: Json, part: string): Json[] {
  return payload[part] ? [asJson(payload[part])] : []
}

function asJson(value: unknown): Json {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
