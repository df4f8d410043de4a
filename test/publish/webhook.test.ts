import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { postToWebhook } from '../../src/publish/webhook.ts'
import { type Behaviour, slackReceiver } from '../support/channel-receivers.ts'

async function attemptWith(behaviour: Behaviour) {
  const receiver = await slackReceiver()
  receiver.behaves(behaviour)
  return await postToWebhook(receiver.url, { text: 'x' })
}

async function unusedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo // as: a TCP server has one
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe('an attempt at a webhook', () => {
  it.each<[Behaviour, string]>([
    [{ status: 200, body: 'ok' }, 'sent'],
    [{ status: 204 }, 'sent'],
    [{ status: 400, body: 'invalid_blocks' }, 'refused'],
    [{ status: 404, body: 'no_service' }, 'refused'],
    [{ status: 410, body: 'channel_is_archived' }, 'refused'],
    [{ status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'refused'],
    [{ status: 503 }, 'not sent'],
    [{ status: 500, body: 'rollup_error' }, 'unknown'],
    [{ status: 504 }, 'unknown'],
    ['drop', 'unknown'],
  ])('that meets %j is %s', async (behaviour, state) => {
    expect(await attemptWith(behaviour)).toMatchObject({ state })
  })

  it('waits as long as it is told to', async () => {
    const limited = { status: 429, headers: { 'retry-after': '7' } }
    expect(await attemptWith(limited)).toMatchObject({ state: 'not sent', waitMs: 7_000 })
  })

  it.each(['127.0.0.1', 'localhost'])(
    'that reaches nobody at %s may be made again, and names no address',
    async (host) => {
      const url = `http://${host}:${await unusedPort()}/services/secret`
      const attempt = await postToWebhook(url, { text: 'x' })
      expect(attempt).toMatchObject({ state: 'not sent', waitMs: null })
      expect(JSON.stringify(attempt)).not.toContain('secret')
    },
  )
})
