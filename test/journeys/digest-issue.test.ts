import { expect, it } from 'vitest'
import { engine, journey } from '../support/journey.ts'

type Journey = Awaited<ReturnType<typeof journey>>

/** The App with this section of its configuration, and the digest of week 47 posted. */
async function withDigest(digest: string, prepare: (run: Journey) => void = () => {}) {
  const run = await journey()
  const { github, idle } = run
  prepare(run)
  const path = '.github/groundswell.yml'
  github.putFile(engine, path, `digest: ${digest}\n`)
  await github.push(engine, { by: 'mara', commits: [{ files: [{ filename: path }] }] })
  await idle()
  return { run, number: await nextDigest(run, '2026-11-23T09:00:00Z') }
}

/** Lets something happen and the digest become due; the number of the latest issue of the App. */
async function nextDigest(run: Journey, dueAt: string): Promise<number> {
  const { number } = await run.github.openPullRequest(engine, { author: 'newcomer-a' })
  await run.github.mergePullRequest(engine, number, { by: 'mara' })
  await run.idle()
  await run.reach(new Date(dueAt))
  await run.tick('schedule-digests')
  await run.tick('schedule-digests')
  return issues(run).at(-1)?.number ?? 0
}

const issues = ({ github }: Journey) =>
  github.issues(engine).filter(({ pull, author }) => !pull && author.type === 'Bot')

const labels = ({ github }: Journey) =>
  github.world.repository(engine).labels.map(({ name }) => name)

const digestChecks = ({ github }: Journey) =>
  github.checkRuns(engine).filter(({ name }) => name === 'Groundswell digest')

it('closes the one before also where GitHub fails at that at first', async () => {
  const { run, number } = await withDigest('{ label: none }')
  run.github.fail({ method: 'PATCH', path: new RegExp(`/issues/${number}$`), status: 502 })
  const next = await nextDigest(run, '2026-11-30T09:00:00Z')
  expect(next).toBeGreaterThan(number)
  const open = issues(run).filter((issue) => issue.open)
  expect(open.map((issue) => issue.number)).toEqual([next])
})

it('gets its label, which is made where there is none', async () => {
  const { run, number } = await withDigest('{ label: "Weekly: news" }')
  expect(labels(run)).toContain('Weekly: news')
  expect(issues(run)).toMatchObject([{ number, labels: [{ name: 'Weekly: news' }] }])
})

it('shares a label that is spelt in other letters', async () => {
  const { run } = await withDigest('{}', ({ github }) => {
    const { world } = github
    const label = {
      id: world.nextId(),
      name: 'Community-Digest',
      color: 'ededed',
      description: null,
    }
    world.repository(engine).labels.push(label)
  })
  expect(issues(run)).toMatchObject([{ labels: [{ name: 'Community-Digest' }] }])
  await nextDigest(run, '2026-11-30T09:00:00Z')
  expect(labels(run)).toEqual(['Community-Digest'])
})

it('keeps the words of a person who edited it, and calls that no failure', async () => {
  const { run, number } = await withDigest('{ mode: edit }')
  await run.github.editIssue(engine, number, { by: 'mara', body: 'Mended by hand.' })
  await nextDigest(run, '2026-11-30T09:00:00Z')
  expect(issues(run)).toMatchObject([{ number, body: 'Mended by hand.' }])
  expect(digestChecks(run)).toEqual([])
})

it('stays away where a person deleted it, and calls that no failure', async () => {
  const { run, number } = await withDigest('{ mode: edit }')
  await run.github.deleteIssue(engine, number, { by: 'mara' })
  await run.idle()
  await nextDigest(run, '2026-11-30T09:00:00Z')
  expect(issues(run)).toEqual([])
  expect(digestChecks(run)).toEqual([])
})

it('of a later week is posted, whatever a person did with the one before', async () => {
  const { run, number } = await withDigest('{ mode: new }')
  await run.github.deleteIssue(engine, number, { by: 'mara' })
  const second = await nextDigest(run, '2026-11-30T09:00:00Z')
  await run.github.editIssue(engine, second, { by: 'mara', body: 'Mended by hand.' })
  await run.github.closeIssue(engine, second, { by: 'mara' })
  await nextDigest(run, '2026-12-07T09:00:00Z')
  expect(issues(run)).toMatchObject([
    { number: second, body: 'Mended by hand.' },
    { title: 'Community digest, week 49 of 2026' },
  ])
})
