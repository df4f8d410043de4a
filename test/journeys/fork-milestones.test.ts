import { expect, it } from 'vitest'
import { tellForkMilestone } from '../../jobs/tell-fork-milestone.ts'
import type { GitHub } from '../../src/sandbox/github.ts'
import { forkMilestones } from '../../src/store/fork-milestones.ts'
import { parkedWork } from '../../src/store/work.ts'
import { engine, journey } from '../support/journey.ts'

type Journey = Awaited<ReturnType<typeof journey>>

/** A network of so many forks on the day of installation, and what the configuration says. */
async function network(direct: number, configuration = 'forks: { milestones: true }\n') {
  const before = async (github: GitHub, clock: { now: Date }) => {
    const from = new Date(clock.now.getTime() - 200 * 24 * 3_600_000)
    github.addForkNetwork(engine, { from, direct, pushedEvery: 0, forkedEvery: 0 })
    github.putFile(engine, '.github/groundswell.yml', configuration)
  }
  const run = await journey({ before })
  await run.idle()
  await run.tick('schedule-forks')
  await run.pass(1)
  await run.tick('schedule-forks')
  return run
}

let forkers = 0
async function fork(run: Journey, many: number): Promise<string> {
  let last = ''
  for (let nth = 0; nth < many; nth += 1) {
    forkers += 1
    last = (await run.github.fork(engine, { owner: `newcomer-${forkers}` })).fullName
  }
  await run.idle()
  await run.pass(1)
  await run.tick('schedule-forks')
  return last
}

const notes = ({ github }: Journey) =>
  github.issues(engine).filter(({ title }) => / forks$/.test(title))

it('is told once when it is passed, and not again when the network shrinks and grows', async () => {
  const run = await network(98)
  await fork(run, 1)
  expect(notes(run)).toEqual([])
  const last = await fork(run, 2)
  expect(notes(run)).toHaveLength(1)
  const [note] = notes(run)
  expect(note).toMatchObject({ title: '100 forks' })
  expect(note?.body).toContain('passed **100 forks**')
  expect(note?.body).toMatch(/The way from 10 took about \d+ days/)
  await run.github.deleteRepository(last)
  await run.pass(1)
  await run.tick('schedule-reconciliations')
  await run.tick('schedule-forks')
  await fork(run, 3)
  expect(notes(run)).toHaveLength(1)
  const { db } = run.app.deps
  const repositoryId = run.github.world.repository(engine).id
  expect(await forkMilestones(db, repositoryId)).toMatchObject([{ milestone: 100 }])
  // Two workers at once, and one that comes late.
  const asked = { repositoryId, milestone: 100 }
  await Promise.allSettled([
    tellForkMilestone(asked, run.app.deps),
    tellForkMilestone(asked, run.app.deps),
  ])
  await tellForkMilestone(asked, run.app.deps)
  expect(notes(run)).toHaveLength(1)
  expect(await parkedWork(db, 10)).toEqual([])
})

it('is told once, whatever GitHub answers', async () => {
  const run = await network(99)
  run.github.fail({ method: 'POST', path: /\/issues$/, status: 'commit-then-drop', times: 1 })
  await fork(run, 1)
  expect(notes(run)).toHaveLength(1)
})

it('is not told where nobody asked for it, nor of what was passed before it was switched on', async () => {
  const run = await network(99, 'timezone: UTC\n')
  await fork(run, 1)
  const repositoryId = run.github.world.repository(engine).id
  expect(await forkMilestones(run.app.deps.db, repositoryId)).toMatchObject([{ milestone: 100 }])
  run.github.putFile(engine, '.github/groundswell.yml', 'forks: { milestones: true }\n')
  const commits = [{ files: [{ filename: '.github/groundswell.yml' }] }]
  await run.github.push(engine, { by: 'mara', commits })
  await fork(run, 1)
  expect(notes(run)).toEqual([])
})

it('is not told of a network that had passed it before the installation', async () => {
  const run = await network(100)
  await fork(run, 1)
  const repositoryId = run.github.world.repository(engine).id
  expect(await forkMilestones(run.app.deps.db, repositoryId)).toEqual([])
  expect(notes(run)).toEqual([])
})
