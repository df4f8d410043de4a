import { expect, it } from 'vitest'
import { carryOut } from '../../src/cli/commands.ts'
import { translate } from '../../src/events/index.ts'
import type { GitHub } from '../../src/sandbox/github.ts'
import { reconciliationOf } from '../../src/store/reconciliations.ts'
import { engine, journey } from '../support/journey.ts'

type Journey = Awaited<ReturnType<typeof journey>>

/** Nothing reaches the App, and GitHub's log knows of no failure. */
async function unheard(run: Journey, happens: (github: GitHub) => Promise<void>) {
  const { deliveries } = run.github
  const { webhookUrl } = deliveries
  await run.idle()
  deliveries.webhookUrl = null
  await happens(run.github)
  deliveries.webhookUrl = webhookUrl
}

const repositoryId = (run: Journey) => run.github.world.repository(engine).id

async function factsOf(run: Journey): Promise<string[]> {
  const rows = await run.app.deps.db
    .selectFrom('facts')
    .select(['kind', 'key'])
    .where('repository_id', '=', repositoryId(run))
    .execute()
  return rows.map(({ kind, key }) => `${kind} ${key}`).sort()
}

/** What an App would know that had heard everything, on top of what was there before anything was told. */
function everythingThatHappened(run: Journey, known: readonly string[]): string[] {
  const told = run.github.deliveries.made.flatMap(({ event, payload }) =>
    'repository' in payload ? (translate(event, payload, run.app.deps.hashEmail)?.facts ?? []) : [],
  )
  const facts = told.filter((fact) => fact.repositoryId === repositoryId(run))
  return [...new Set([...known, ...facts.map(({ kind, key }) => `${kind} ${key}`)])].sort()
}

const points = (run: Journey) =>
  run.github.requests
    .filter(({ operation }) => operation === 'RecentChanges' || operation?.startsWith('History'))
    .map(({ points: cost }) => cost)

it('finds for one point what no webhook told, welcomes the newcomer, and the digest says so', async () => {
  const run = await journey()
  await run.idle()
  const atFirst = await factsOf(run)
  await run.pass(2)
  let number = 0
  await unheard(run, async (github) => {
    const pull = await github.openPullRequest(engine, { author: 'newcomer-a' })
    number = pull.number
    await run.pass(1)
    await github.review(engine, number, {
      author: 'mara',
      state: 'approved',
      comments: [{ path: 'README.md', body: 'Nice.' }],
    })
    await github.comment(engine, number, { author: 'newcomer-b' })
    const issue = await github.openIssue(engine, { author: 'newcomer-b' })
    await github.closeIssue(engine, issue.number, { by: 'mara' })
    await github.fork(engine, { owner: 'newcomer-c' })
    await github.release(engine, { author: 'mara', tag: 'v2' })
  })
  const before = points(run).length
  await run.pass(1)
  await run.tick('schedule-reconciliations')

  expect(await factsOf(run)).toEqual(everythingThatHappened(run, atFirst))
  expect(points(run).slice(before)).toEqual([1])
  expect(run.ownComments(number)).toEqual([expect.stringContaining('first pull request')])
  await run.reach(new Date('2026-11-24T12:00:00Z'))
  const { text } = await carryOut(
    { command: 'digest', of: engine, week: '2026-W47', publish: false },
    run.app.deps,
  )
  expect(text).toContain('found by comparing with GitHub')
})

it('finds nothing, for one point, where webhooks told everything', async () => {
  const run = await journey()
  await run.pass(1)
  const { number } = await run.github.openPullRequest(engine, { author: 'newcomer-a' })
  await run.github.comment(engine, number, { author: 'newcomer-b' })
  await run.idle()
  await run.pass(1)
  const before = points(run).length
  await run.tick('schedule-reconciliations')
  await run.tick('schedule-reconciliations')
  expect(points(run).slice(before)).toEqual([1, 1])
  expect(run.logged.join('')).not.toContain('no webhook had told')
  expect(await reconciliationOf(run.app.deps.db, repositoryId(run))).toEqual({
    comparedTo: run.clock.now,
    walk: null,
  })
})

it('walks back over a gap of days, long conversations included, and goes on where it stopped', async () => {
  const run = await journey()
  await run.idle()
  const atFirst = await factsOf(run)
  await run.pass(1)
  const old = await run.github.openIssue(engine, { author: 'newcomer-a' })
  await unheard(run, async (github) => {
    for (let each = 0; each < 60; each += 1) {
      const pull = await github.openPullRequest(engine, { author: 'newcomer-a' })
      await run.pass(2)
      await github.review(engine, pull.number, { author: 'mara', state: 'approved' })
      if (each % 2 === 0) await github.mergePullRequest(engine, pull.number, { by: 'mara' })
    }
    for (let each = 0; each < 45; each += 1) {
      await github.comment(engine, old.number, { author: 'newcomer-b' })
    }
  })
  await run.pass(1)
  run.github.fail({ path: /\/graphql$/, status: 502, times: 1 })
  await run.tick('schedule-reconciliations')
  await run.restart()
  await run.tick('schedule-reconciliations')
  expect(await factsOf(run)).toEqual(everythingThatHappened(run, atFirst))
  expect((await reconciliationOf(run.app.deps.db, repositoryId(run)))?.walk).toBeNull()
})
