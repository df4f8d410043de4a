import { expect, it } from 'vitest'
import { parkedWork } from '../../src/store/work.ts'
import { engine, journey } from '../support/journey.ts'

type Journey = Awaited<ReturnType<typeof journey>>

const told = /Thank you for staying with this project/

/** Somebody with so many merged pull requests, and one more that is open for each name given. */
async function contributor(run: Journey, { merged, open }: { merged: number; open: number }) {
  const { github } = run
  for (let count = 0; count < merged; count += 1) {
    const { number } = await github.openPullRequest(engine, { author: 'steady-one' })
    await github.mergePullRequest(engine, number, { by: 'mara' })
    await run.pass(1)
  }
  const numbers: number[] = []
  for (let count = 0; count < open; count += 1) {
    numbers.push((await github.openPullRequest(engine, { author: 'steady-one' })).number)
  }
  await run.idle()
  return numbers
}

it('tells of the tenth merged pull request, in one of two that are merged at once, and keeps it there', async () => {
  const run = await journey()
  const { github, ownComments } = run
  const [one = 0, two = 0] = await contributor(run, { merged: 8, open: 2 })
  await Promise.all([
    github.mergePullRequest(engine, two, { by: 'mara' }),
    github.mergePullRequest(engine, one, { by: 'mara' }),
  ])
  await run.idle()
  const telling = () => [one, two].filter((number) => told.test(ownComments(number).join()))
  const [first] = telling()
  expect(telling()).toHaveLength(1)
  expect(ownComments(first ?? 0)).toEqual([expect.stringContaining('tenth pull request here')])

  // Told again of everything, and of one more: nothing moves.
  await run.app.deps.db
    .updateTable('work')
    .set({ done_version: 0 })
    .where('job', '=', 'summarise-pull-request')
    .execute()
  await run.restart()
  await run.idle()
  const later = await github.openPullRequest(engine, { author: 'steady-one' })
  await github.mergePullRequest(engine, later.number, { by: 'mara' })
  await run.idle()
  expect(telling()).toEqual([first])
  expect(ownComments(later.number)).toEqual([expect.stringContaining('11th pull request')])
  expect(await parkedWork(run.app.deps.db, 10)).toEqual([])
})

it('tells nothing of the kind where it is switched off, nor of people who are hidden', async () => {
  const run = await journey()
  const { github, ownComments } = run
  github.putFile(engine, '.github/groundswell.yml', 'pull-requests: { milestones: false }\n')
  await github.push(engine, {
    by: 'mara',
    commits: [{ files: [{ filename: '.github/groundswell.yml' }] }],
  })
  const [tenth = 0] = await contributor(run, { merged: 9, open: 1 })
  await github.mergePullRequest(engine, tenth, { by: 'mara' })
  await run.idle()
  expect(ownComments(tenth)).toEqual([expect.stringMatching(/Merged: .*tenth pull request here/)])
  expect(ownComments(tenth).join()).not.toMatch(told)
  expect(ownComments(tenth).join()).not.toContain('**')
  expect(await run.app.deps.db.selectFrom('milestones').selectAll().execute()).toEqual([])
})

it('tells of a year since the first', async () => {
  const run = await journey({ at: '2025-11-10T09:00:00Z' })
  const { github, ownComments } = run
  const [number = 0] = await contributor(run, { merged: 2, open: 0 }).then(async () => {
    await run.reach(new Date('2026-11-01T09:00:00Z'))
    await github.comment(engine, 1, { author: 'steady-one' })
    await run.reach(new Date('2026-11-11T09:00:00Z'))
    return await contributor(run, { merged: 0, open: 1 })
  })
  await github.mergePullRequest(engine, number, { by: 'mara' })
  await run.idle()
  expect(ownComments(number)).toEqual([expect.stringContaining('was merged a year ago')])
})
