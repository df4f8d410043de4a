import { expect, it } from 'vitest'
import { pendingDeliveries } from '../../src/store/deliveries.ts'
import { engine, journey } from '../support/journey.ts'
import { until } from '../support/until.ts'

type Journey = Awaited<ReturnType<typeof journey>>

/** Until all is done that may be done now: what waits for the morning stays open. */
async function rest({ github, app }: Journey) {
  await until(async () => {
    await github.settled()
    const { db, queue } = app.deps
    const pending = await pendingDeliveries(db, { before: null, limit: 1 })
    const open = await db
      .selectFrom('work')
      .select('rest_until')
      .whereRef('done_version', '<', 'version')
      .execute()
    const waits = open.every(({ rest_until }) => rest_until !== null && rest_until > app.deps.now())
    return (await queue.depth()) === 0 && pending.length === 0 && waits
  }, 60_000)
}

const settings = 'timezone: Europe/Berlin\nquiet-hours: "22:00-07:00"\ndigest: { time: "06:00" }\n'

async function quietJourney() {
  const run = await journey({ at: '2026-11-16T20:00:00Z' })
  run.github.putFile(engine, '.github/groundswell.yml', settings)
  await run.github.push(engine, {
    by: 'mara',
    commits: [{ files: [{ filename: '.github/groundswell.yml' }] }],
  })
  await run.idle()
  return run
}

it('what nobody asked for waits until the morning, over a restart; an answer does not wait', async () => {
  const run = await quietJourney()
  const { github, ownComments } = run
  await run.reach(new Date('2026-11-16T21:30:00Z'))
  const { number: on } = await github.openPullRequest(engine, { author: 'newcomer-a' })
  await rest(run)
  expect(ownComments(on)).toEqual([])
  await github.comment(engine, on, { author: 'newcomer-a', body: '/groundswell status' })
  await rest(run)
  expect(ownComments(on)).toEqual([
    expect.stringContaining('Nothing is posted unasked from 22:00 to 07:00 (Europe/Berlin).'),
  ])

  await run.reach(new Date('2026-11-17T05:59:00Z'))
  await run.restart()
  await rest(run)
  expect(ownComments(on)).toHaveLength(1)
  await run.reach(new Date('2026-11-17T06:20:00Z'))
  await run.app.deps.queue.enqueue([{ name: 'sweep', key: '' }], { evenIfQueued: '@morning' })
  await run.idle()
  expect(ownComments(on)).toHaveLength(2)
  expect(ownComments(on).at(-1)).toContain('A first pull request')
})

it('a digest that falls into them comes after them', async () => {
  const run = await quietJourney()
  const { github } = run
  await github.openIssue(engine, { author: 'newcomer-a' })
  await run.idle()
  const digests = () => github.issues(engine).filter(({ byApp }) => byApp)
  await run.reach(new Date('2026-11-23T05:30:00Z'))
  await run.tick('schedule-digests')
  expect(digests()).toEqual([])
  await run.reach(new Date('2026-11-23T06:00:00Z'))
  await run.tick('schedule-digests')
  expect(digests()).toHaveLength(1)
})

it('a name that shall go does not wait', async () => {
  const run = await quietJourney()
  const { github, ownComments } = run
  const { number: on } = await github.openPullRequest(engine, { author: 'shy-one' })
  const { number: other } = await github.openPullRequest(engine, { author: 'shy-two' })
  await run.idle()
  await run.reach(new Date('2026-11-16T23:00:00Z'))
  await github.comment(engine, on, { author: 'shy-one', body: '/groundswell hide-me' })
  await github.comment(engine, other, { author: 'shy-two', body: '/groundswell forget-me' })
  await run.idle()
  expect([...ownComments(on), ...ownComments(other)].join()).not.toMatch(/shy-(one|two)/)
})
