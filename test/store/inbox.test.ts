import { expect, it } from 'vitest'
import { Inbox } from '../../src/deliveries/inbox.ts'
import { useDatabase } from '../support/engine.ts'

const using = useDatabase()

it('refuses what the database does not take in time, and takes what comes after', async () => {
  const { db, queuePool } = using.open
  const kept: string[] = []
  const inbox = new Inbox(db, (guids) => kept.push(...guids), { keepWithinMs: 200 })
  const delivery = (guid: string) => ({
    ...{ guid, event: 'issues', body: '{}', bodySha256: guid },
    receivedAt: new Date('2026-11-16T09:00:00Z'),
  })
  const client = await queuePool.connect()
  await client.query('begin')
  await client.query('lock table public.deliveries in access exclusive mode')
  await expect(inbox.keep(delivery('held'))).rejects.toThrow('took too long')
  await client.query('rollback')
  client.release()
  await inbox.keep(delivery('free'))
  expect(kept).toEqual(['free'])
})
