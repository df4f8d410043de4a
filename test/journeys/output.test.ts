import { expect, it } from 'vitest'
import { type CommandRequest, carryOut } from '../../src/cli/commands.ts'
import { pullRequest } from '../support/builders.ts'
import { pastOf } from '../support/history.ts'
import { engine, journey } from '../support/journey.ts'
import { expectPublished } from '../support/output-schema.ts'

it('of commands that ask the store is what is published', async () => {
  const run = await journey({
    at: '2026-11-16T09:00:00Z',
    env: { DRY_RUN: 'true' },
    before: async (github, clock) => await pastOf(github, clock, { days: 8 }),
  })
  await run.idle()
  const ask = async (request: CommandRequest) => (await carryOut(request, run.app.deps)).data
  const of = engine

  expectPublished('digest', await ask({ command: 'digest', of, week: '2026-W47', publish: false }))
  expectPublished('digest', await ask({ command: 'digest', of, week: '2020-W01', publish: false }))

  const { payload } = pullRequest().opened()
  const misnamed = { guid: 'misnamed', event: 'star', body: JSON.stringify(payload) }
  const replay: CommandRequest = { command: 'replay', deliveries: [misnamed], reopen: 'none' }
  const replayed = await ask(replay)
  expect(replayed).toMatchObject({ parked: [{ guid: 'misnamed' }] })
  expectPublished('replay', replayed)

  const backfill = { command: 'backfill', of, again: true } as const
  let read = await ask({ ...backfill, step: 'begin' })
  expectPublished('backfill', read)
  while (!Object(read).done) read = await ask({ ...backfill, step: 'continue' })
  expectPublished('backfill', read)
})
