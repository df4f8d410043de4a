import { expect, it } from 'vitest'
import { carryOut } from '../../src/cli/commands.ts'
import { parkedDeliveries } from '../../src/store/deliveries.ts'
import { parkedWork } from '../../src/store/work.ts'
import { fork, pullRequest } from '../support/builders.ts'
import { engine, journey } from '../support/journey.ts'

type Journey = Awaited<ReturnType<typeof journey>>

const replay = async (
  { app, idle }: Journey,
  asked: { deliveries?: object[]; reopen?: 'none' | 'parked' | 'all' },
) => {
  const { deliveries = [], reopen = 'none' } = asked
  const request = { command: 'replay' as const, deliveries: deliveries.map(saved), reopen }
  const answer = await carryOut(request, app.deps)
  await idle()
  return answer
}

const saved = (delivery: object, index: number) => {
  const { event, payload } = { event: '', payload: {}, ...delivery }
  return { guid: `saved-${index}`, event, body: JSON.stringify(payload) }
}

/** All but the first commit, which no delivery told of. */
const factsOf = async ({ app, github }: Journey) =>
  await app.deps.db
    .selectFrom('facts')
    .selectAll()
    .where('key', '!=', [...github.world.commits.keys()][0] ?? '')
    .orderBy('repository_id')
    .orderBy('kind')
    .orderBy('key')
    .execute()

it('records deliveries from files once, however often, and parks what does not fit its name', async () => {
  const run = await journey()
  await run.idle()
  const draft = pullRequest({ number: 812, draft: true })
  // More than go into one statement; of a kind that is not ours to read.
  const others = Array.from({ length: 600 }, (_, index) => ({
    event: 'sub_issues',
    payload: { index },
  }))
  const deliveries = [draft.opened(), ...others, fork()]
  const first = await replay(run, { deliveries })
  expect(first.text).toBe('Recorded 602 deliveries.')
  const facts = await factsOf(run)
  expect(facts.map(({ kind }) => kind)).toEqual(['fork', 'pull_request.opened'])
  expect((await replay(run, { deliveries })).text).toBe('Recorded 0 deliveries.')

  const misnamed = { ...draft.convertedToDraft(), event: 'star' }
  const { text } = await replay(run, { deliveries: [...deliveries, misnamed] })
  expect(text).toMatch(/^Recorded 0 deliveries\.\nParked: star saved-602: .*"star" event/)
  expect(await factsOf(run)).toEqual(facts)
})

it('--parked tries again what failed, once the fault is mended', async () => {
  const run = await journey()
  const { github, app } = run
  const { db } = app.deps
  await run.idle()
  github.fail({ method: 'POST', path: /\/comments$/, status: 422 })
  const { number } = await github.openPullRequest(engine, { author: 'newcomer-a' })
  const starred = await github.star(engine, { by: 'stranger-x' })
  const payload = { ...starred.payload, again: true }
  await github.deliver({ ...starred, guid: 'misread', event: 'issues', payload })
  await run.idle()
  expect(await parkedWork(db, 10)).toHaveLength(1)
  expect(await parkedDeliveries(db, 10)).toMatchObject([{ guid: 'misread', event: 'issues' }])

  await db.updateTable('deliveries').set({ event: 'star' }).where('guid', '=', 'misread').execute()
  const { text } = await replay(run, { reopen: 'parked' })
  expect(text).toBe('Recorded 1 deliveries.\n1 parked jobs are open again.')
  expect(run.ownComments(number)).toHaveLength(1)
  expect(await parkedWork(db, 10)).toEqual([])
  expect(await parkedDeliveries(db, 10)).toEqual([])
})

it('--kept makes the same facts again, and posts nothing twice', async () => {
  const run = await journey()
  const { github, app } = run
  const { db } = app.deps
  const { number } = await github.openPullRequest(engine, { author: 'newcomer-a' })
  await github.comment(engine, number, { author: 'newcomer-a', body: '/groundswell help' })
  await run.pass(2)
  await github.mergePullRequest(engine, number, { by: 'mara' })
  await github.star(engine, { by: 'stranger-x' })
  await run.idle()
  await run.pass(1)
  await github.renameRepository(engine, 'core')
  await run.pass(1)
  await github.suspend('example-lab')
  await run.pass(1)
  await github.unsuspend('example-lab')
  await run.idle()
  const facts = await factsOf(run)
  const comments = github.comments('example-lab/core', number)
  // What was said under the old name is said again under the new one.
  const nameless = (body: string) => body.replace(/contributed to (?:engine|core)/, 'contributed')
  const bodies = comments.map(({ body }) => nameless(body))
  const states = async () => [
    await db.selectFrom('repositories').selectAll().execute(),
    await db.selectFrom('installations').selectAll().execute(),
  ]
  const [repositories, installations] = await states()
  expect(repositories).toMatchObject([{ name: 'core', untracked_at: null }])
  expect(installations).toMatchObject([{ suspended: false }])

  await db.deleteFrom('facts').execute()
  await run.pass(3)
  const { text } = await replay(run, { reopen: 'all' })
  expect(text).toMatch(/^Recorded \d+ deliveries\.$/)
  expect(await factsOf(run)).toEqual(facts)
  const said = github.comments('example-lab/core', number).map(({ body }) => nameless(body))
  expect(said).toEqual(bodies)
  const [again, installed] = await states()
  expect(again).toMatchObject([{ name: 'core', untracked_at: null }])
  expect(installed).toMatchObject([{ suspended: false }])
})
