import { createHmac, randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { inboxState, parkedDeliveries } from '../../src/store/deliveries.ts'
import { pullRequest } from '../support/builders.ts'
import { journey, webhookSecret } from '../support/journey.ts'

/** The package's types speak of a module, its content is a list. */
const examples: { name: string; examples: object[] }[] = createRequire(import.meta.url)(
  '@octokit/webhooks-examples',
)

type Journey = Awaited<ReturnType<typeof journey>>

const sign = (body: string | Buffer, secret = webhookSecret) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

/** Sends a body as GitHub would; `headers` replaces what the test is about, null leaves it out. */
async function send(
  { app, environment }: Journey,
  body: string | Buffer,
  headers: Record<string, string | null> = {},
) {
  const all: Record<string, string | null> = {
    'content-type': 'application/json',
    'x-github-event': 'pull_request',
    'x-github-delivery': randomUUID(),
    'x-hub-signature-256': sign(body),
    ...headers,
  }
  const given = Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== null)
  const response = await fetch(`${app.url}${environment.webhookPath}`, {
    method: 'POST',
    body,
    headers: given,
  })
  return response.status
}

const kept = async ({ app }: Journey) => Number((await inboxState(app.deps.db)).kept)
const body = JSON.stringify(pullRequest({ number: 812 }).opened().payload)

describe('what is not from GitHub', () => {
  it('is refused, and nothing of it is kept or logged', async () => {
    const run = await journey()
    const before = await kept(run)
    const forged = JSON.stringify({ secret: 'a canary in a forged body' })
    const cases: [string, string | Buffer, Record<string, string | null>, number][] = [
      ['no signature', forged, { 'x-hub-signature-256': null }, 401],
      [
        'a signature of another secret',
        forged,
        { 'x-hub-signature-256': sign(forged, 'development') },
        401,
      ],
      ['a signature of another body', forged, { 'x-hub-signature-256': sign(body) }, 401],
      ['a signature cut short', forged, { 'x-hub-signature-256': sign(forged).slice(0, 70) }, 401],
      [
        'a signature in capitals',
        forged,
        { 'x-hub-signature-256': sign(forged).toUpperCase() },
        401,
      ],
      [
        'the old kind of signature',
        forged,
        { 'x-hub-signature-256': null, 'x-hub-signature': 'sha1=00' },
        401,
      ],
      ['no event', forged, { 'x-github-event': null }, 400],
      ['an event that is no name', forged, { 'x-github-event': '__proto__' }, 400],
      ['no delivery id', forged, { 'x-github-delivery': null }, 400],
      ['a delivery id that is none', forged, { 'x-github-delivery': "'; drop table facts" }, 400],
      ['a form', forged, { 'content-type': 'application/x-www-form-urlencoded' }, 415],
      ['no JSON', '{"action":', {}, 400],
      ['JSON that is no object', '[1]', {}, 400],
      ['text that is no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), {}, 400],
    ]
    for (const [name, sent, headers, status] of cases) {
      expect([name, await send(run, sent, headers)]).toEqual([name, status])
    }
    expect(await kept(run)).toBe(before)
    expect(run.logged.join('')).not.toContain('canary')
    expect((await fetch(`${run.app.url}${run.environment.webhookPath}`)).status).toBe(405)
  })

  it('is refused when it is larger than anything that GitHub sends, whether it says so or not', async () => {
    const run = await journey()
    const size = 27 * 1024 * 1024
    const post = (headers: Record<string, string>, chunks: number) =>
      new Promise<number | string>((resolve) => {
        const url = new URL(`${run.app.url}${run.environment.webhookPath}`)
        const sent = request(url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'x-github-event': 'push',
            'x-github-delivery': randomUUID(),
            'x-hub-signature-256': `sha256=${'0'.repeat(64)}`,
            ...headers,
          },
        })
        sent.on('response', (response) => {
          resolve(response.statusCode ?? 0)
          response.resume()
        })
        sent.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'))
        const chunk = Buffer.alloc(1024 * 1024, ' ')
        for (let index = 0; index < chunks; index += 1) sent.write(chunk)
        sent.end()
      })
    expect(await post({ 'content-length': String(size) }, 0)).toBe(413)
    expect([413, 'ECONNRESET', 'EPIPE']).toContain(
      await post({ 'transfer-encoding': 'chunked' }, 27),
    )
    expect((await fetch(`${run.app.url}/health`)).status).toBe(200)
  })
})

describe('what is from GitHub', () => {
  it('is kept once, whether it comes again as it was or under another name', async () => {
    const run = await journey()
    const before = await kept(run)
    const guid = randomUUID()
    expect(await send(run, body, { 'x-github-delivery': guid })).toBe(202)
    expect(await send(run, body, { 'x-github-delivery': guid })).toBe(202)
    expect(await send(run, body)).toBe(202)
    expect(await send(run, body, { 'x-github-event': 'issues' })).toBe(202)
    expect(await kept(run)).toBe(before + 1)
  })

  it('is kept and answered when it is new to us', async () => {
    const run = await journey()
    const unheard = JSON.stringify({ action: 'created', sub_issue: { id: 1 }, new_field: true })
    expect(await send(run, unheard, { 'x-github-event': 'sub_issues' })).toBe(202)
    const future = {
      ...pullRequest({ number: 9 }).opened().payload,
      action: 'teleported',
      extra: {},
    }
    expect(await send(run, JSON.stringify(future))).toBe(202)
    await run.idle()
    expect(await parkedDeliveries(run.app.deps.db, 10)).toEqual([])
  })

  it('is parked with the reason when the payload does not fit the name of its event', async () => {
    const run = await journey()
    expect(await send(run, body, { 'x-github-event': 'star' })).toBe(202)
    await run.idle()
    expect(await parkedDeliveries(run.app.deps.db, 10)).toEqual([
      expect.objectContaining({ event: 'star', failure: expect.stringContaining('"star"') }),
    ])
  })

  it('is found by the sweep when the queue lost it', async () => {
    const run = await journey()
    await run.idle()
    const { db } = run.app.deps
    await db
      .insertInto('deliveries')
      .values({
        guid: 'lost',
        event: 'pull_request',
        body,
        body_sha256: 'of-the-lost',
        received_at: run.clock.now,
        attempts: 0,
      })
      .execute()
    await run.pass(1)
    await run.tick('sweep')
    const facts = await db.selectFrom('facts').select('kind').where('thread', '=', 812).execute()
    expect(facts).toEqual([{ kind: 'pull_request.opened' }])
  })

  it('is answered 503 while the database is away, and not lost when GitHub sends it again', async () => {
    const run = await journey()
    await run.idle()
    const { db } = run.app.deps
    await db.schema.alterTable('deliveries').renameTo('deliveries_away').execute()
    expect(await send(run, body)).toBe(503)
    await db.schema.alterTable('deliveries_away').renameTo('deliveries').execute()
    expect(await send(run, body)).toBe(202)
  })
})

it('takes every payload that GitHub recorded: all answered, facts for tracked repositories, none parked', async () => {
  const run = await journey()
  let sent = 0
  for (const { name, examples: payloads } of examples) {
    for (const payload of payloads) {
      sent += 1
      // An installation makes the repository a tracked one; without, it is a stranger's.
      const status = await send(run, JSON.stringify({ ...payload, example: sent }), {
        'x-github-event': name,
      })
      expect([name, status]).toEqual([name, 202])
    }
  }
  expect(sent).toBe(329)
  await run.idle()
  const { db } = run.app.deps
  expect(await parkedDeliveries(db, 50)).toEqual([])
  const facts = await db.selectFrom('facts').select('kind').distinct().execute()
  expect(facts.length).toBeGreaterThan(5)
})
