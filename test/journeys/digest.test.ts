import { expect, it } from 'vitest'
import { carryOut } from '../../src/cli/commands.ts'
import { engine, journey } from '../support/journey.ts'

type Journey = Awaited<ReturnType<typeof journey>>

/** A week in which two outsiders work, one of them for the first time, and one waits. */
async function aWeek({ github, pass, idle }: Journey) {
  const first = await github.openPullRequest(engine, {
    author: 'newcomer-a',
    title: 'Fix the sampler',
  })
  await pass(6)
  await github.review(engine, first.number, { author: 'mara', state: 'approved' })
  await pass(2)
  await github.mergePullRequest(engine, first.number, { by: 'mara' })
  const inside = await github.openPullRequest(engine, { author: 'tomasz', title: 'Tidy up' })
  await pass(1)
  await github.mergePullRequest(engine, inside.number, { by: 'mara' })
  const waits = await github.openIssue(engine, {
    author: 'newcomer-b',
    title: 'Tokenizer drops the last byte',
  })
  for (const owner of ['fork-one', 'fork-two', 'fork-three']) await github.fork(engine, { owner })
  await github.star(engine, { by: 'stranger-x' })
  await github.star(engine, { by: 'stranger-y' })
  await github.openPullRequest(engine, { author: 'dependabot[bot]' })
  await idle()
  return { merged: first.number, waiting: waits.number }
}

const digests = ({ github }: Journey) =>
  github
    .issues(engine)
    .filter(({ labels }) => labels.some((label) => label.name === 'community-digest'))

it('posts one digest on Monday at nine, with the numbers of the week', async () => {
  const run = await journey()
  const { merged, waiting } = await aWeek(run)
  await run.reach(new Date('2026-11-23T08:59:00Z'))
  await run.tick('schedule-digests')
  expect(digests(run)).toEqual([])

  await run.reach(new Date('2026-11-23T09:00:00Z'))
  await run.tick('schedule-digests')
  await run.tick('schedule-digests')
  const [digest, ...others] = digests(run)
  expect(others).toEqual([])
  expect(digest?.title).toBe('Community digest, week 47 of 2026')
  const body = digest?.body ?? ''
  expect(body).toMatch(/1 of 2 merged pull requests\]\(\S+\) came from outside/)
  expect(body).toMatch(/newcomer-a/)
  expect(body).toContain(`#${merged}`)
  expect(body).toContain(`#${waiting}`)
  expect(body).toMatch(/3 new forks/)
  expect(body).not.toMatch(/stranger-|@\w/)
})

it('closes the digest before, and catches up once after a long pause', async () => {
  const run = await journey()
  await aWeek(run)
  await run.reach(new Date('2026-11-23T09:00:00Z'))
  await run.tick('schedule-digests')
  await run.reach(new Date('2026-11-24T09:00:00Z'))
  await aWeek(run)

  await run.reach(new Date('2026-12-02T15:00:00Z'))
  await run.restart()
  await run.idle()
  const titles = digests(run).map(({ title, closedAt }) => [title, closedAt === null])
  expect(titles).toEqual([
    ['Community digest, week 47 of 2026', false],
    ['Community digest, week 48 of 2026', true],
  ])
})

it('says nothing of a week in which nothing happened', async () => {
  const run = await journey()
  await run.github.star(engine, { by: 'stranger-x' })
  await run.idle()
  await run.reach(new Date('2026-11-23T09:00:00Z'))
  await run.tick('schedule-digests')
  expect(digests(run)).toEqual([])
})

it('shows and publishes a week on demand, and publishing again changes nothing', async () => {
  const run = await journey()
  await aWeek(run)
  await run.reach(new Date('2026-11-24T12:00:00Z'))
  const asked = { command: 'digest' as const, of: 'Example-Lab/engine', week: '2026-W47' }
  const shown = await carryOut({ ...asked, publish: false }, run.app.deps)
  expect(shown.text).toContain('# Community digest, week 47 of 2026')
  expect(digests(run)).toEqual([])

  await carryOut({ ...asked, publish: true }, run.app.deps)
  await carryOut({ ...asked, of: 'example-lab', publish: true }, run.app.deps)
  await run.tick('schedule-digests')
  expect(digests(run)).toHaveLength(1)
  const updates = run.github.requests.filter(
    ({ method, path }) => method === 'PATCH' && /\/issues\/\d+$/.test(path),
  )
  expect(updates).toEqual([])
})

it('refuses a week that is none, and a repository that nobody knows, in plain words', async () => {
  const { app, idle } = await journey()
  await idle()
  const asked = { command: 'digest' as const, publish: false }
  await expect(carryOut({ ...asked, of: engine, week: '2026-W54' }, app.deps)).rejects.toThrow(
    '2026-W54',
  )
  await expect(
    carryOut({ ...asked, of: 'example-lab/other', week: null }, app.deps),
  ).rejects.toThrow('Nothing is known of example-lab/other')
})

it('follows the time zone and the day that the repository configured', async () => {
  const run = await journey()
  run.github.putFile(
    engine,
    '.github/groundswell.yml',
    'timezone: Asia/Tokyo\ndigest:\n  day: tuesday\n  time: "07:30"\n  title: "{week}/{year}"\n  mode: edit\n',
  )
  await run.github.push(engine, {
    by: 'mara',
    commits: [{ files: [{ filename: '.github/groundswell.yml' }] }],
  })
  await aWeek(run)
  await run.reach(new Date('2026-11-23T22:29:00Z'))
  await run.tick('schedule-digests')
  expect(digests(run)).toEqual([])
  await run.reach(new Date('2026-11-23T22:30:00Z'))
  await run.tick('schedule-digests')
  expect(digests(run).map(({ title }) => title)).toEqual(['47/2026'])
  await aWeek(run)
  await run.reach(new Date('2026-11-30T22:30:00Z'))
  await run.tick('schedule-digests')
  expect(digests(run).map(({ title }) => title)).toEqual(['48/2026'])
})
