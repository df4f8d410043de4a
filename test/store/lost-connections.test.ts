import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { useDatabase } from '../support/engine.ts'

const using = useDatabase()

// An unheard error of a connection would fail the whole run.
it('fails what runs on it, and nothing else', async () => {
  const { db, queuePool } = using.open
  const client = await queuePool.connect()
  const { rows } = await client.query('select pg_backend_pid() as pid')
  const ended = new Promise<void>((resolve) => client.once('end', resolve))
  const running = client.query('select pg_sleep(30)').catch((error: Error) => error.message)
  await sql`select pg_terminate_backend(${rows[0].pid}::integer)`.execute(db)
  expect(await running).toMatch(/terminat/)
  await ended
  client.release(true)
  expect((await queuePool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
})
