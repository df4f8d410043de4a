import { expect, it } from 'vitest'
import { carryOut } from '../../src/cli/commands.ts'
import { engine, journey } from '../support/journey.ts'

type Journey = Awaited<ReturnType<typeof journey>>

const missed = ({ app }: Journey) =>
  app.deps.db
    .selectFrom('missed_deliveries')
    .select(['event', 'recovered_at', 'lost_reason'])
    .orderBy('event')
    .execute()

it('asks GitHub again for deliveries that failed, and the digest says so', async () => {
  const run = await journey()
  const { github, idle, ownComments, pass, tick, app } = run
  await idle()
  github.failDeliveries(2)
  const { number } = await github.openPullRequest(engine, { author: 'newcomer-a' })
  await github.fork(engine, { owner: 'newcomer-a' })
  await idle()
  expect(ownComments(number)).toEqual([])

  await pass(0.2)
  await tick('recover-deliveries')
  await tick('recover-deliveries')
  expect(ownComments(number)).toHaveLength(1)
  expect(await missed(run)).toEqual([
    { event: 'fork', recovered_at: expect.any(Date), lost_reason: null },
    { event: 'pull_request', recovered_at: expect.any(Date), lost_reason: null },
  ])
  await run.reach(new Date('2026-11-24T12:00:00Z'))
  const { text } = await carryOut(
    { command: 'digest', of: engine, week: '2026-W47', publish: false },
    app.deps,
  )
  expect(text).toContain('2 missed, all recovered')
})

it('gives up after three requests, and notes what is lost', async () => {
  const run = await journey()
  const { github, idle, pass, tick } = run
  await idle()
  github.failDeliveries(10)
  await github.star(engine, { by: 'stranger-x' })
  for (let time = 0; time < 6; time += 1) {
    await pass(0.2)
    await tick('recover-deliveries')
  }
  expect(await missed(run)).toEqual([
    { event: 'star', recovered_at: null, lost_reason: 'sent again without success' },
  ])
  const asked = github.requests.filter(({ path }) => /\/attempts$/.test(path))
  expect(asked).toHaveLength(3)
})

it('asks for nothing that it has', async () => {
  const run = await journey()
  const { github, idle, tick } = run
  await github.star(engine, { by: 'stranger-x' })
  await idle()
  // GitHub took the answer for lost, though the delivery was kept.
  for (const attempt of github.deliveries.attempts) attempt.statusCode = 504
  await tick('recover-deliveries')
  expect(await missed(run)).toEqual([])
  expect(github.requests.filter(({ path }) => /\/attempts$/.test(path))).toEqual([])
})
