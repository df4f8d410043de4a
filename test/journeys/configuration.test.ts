import { describe, expect, it } from 'vitest'
import { configurationOf } from '../../jobs/configuration.ts'
import { publishableRepository } from '../../src/store/repositories.ts'
import { parkedWork } from '../../src/store/work.ts'
import { engine, journey } from '../support/journey.ts'

type Journey = Awaited<ReturnType<typeof journey>>
const path = '.github/groundswell.yml'

/** Pushes the file, or its removal, and waits. The SHA that the push ended with. */
async function pushFile(run: Journey, text: string | null, repository = engine): Promise<string> {
  const { github, idle } = run
  if (text === null) github.removeFile(repository, path)
  else github.putFile(repository, path, text)
  const status = text === null ? 'removed' : 'modified'
  await github.push(repository, { by: 'mara', commits: [{ files: [{ filename: path, status }] }] })
  await idle()
  return github.world.repository(repository).branches.get('main') ?? ''
}

async function inForce({ app, github }: Journey, repository = engine) {
  const { db, defaults } = app.deps
  const tracked = await publishableRepository(db, github.world.repository(repository).id)
  if (tracked === null) throw new Error(`${repository} is not tracked`)
  return configurationOf(tracked, defaults)
}

const checksOf = ({ github }: Journey, sha: string, repository = engine) =>
  github.checkRuns(repository).filter(({ headSha }) => headSha === sha)

async function status(run: Journey): Promise<string> {
  const { number } = await run.github.openIssue(engine, { author: 'mara' })
  await run.github.comment(engine, number, { author: 'mara', body: '/groundswell status' })
  await run.idle()
  return run.ownComments(number).join()
}

it('is in force from the push that brings it, and what is wrong is told on its commit', async () => {
  const run = await journey()
  const never = await pushFile(run, 'waiting-hours: soon\n')
  expect(checksOf(run, never)).toMatchObject([{ conclusion: 'failure' }])
  expect(await inForce(run)).toMatchObject({ waitingHours: 48 })

  const good = await pushFile(run, 'waiting-hours: 24\n')
  expect(checksOf(run, good)).toEqual([
    expect.objectContaining({ conclusion: 'success', name: 'Groundswell configuration' }),
  ])
  expect(await inForce(run)).toMatchObject({ waitingHours: 24, timezone: 'UTC' })

  const bad = await pushFile(run, 'waiting-hours: 12\n\ntimezon: Europe/Berlin\n')
  const [check, ...others] = checksOf(run, bad)
  expect(others).toEqual([])
  expect(check).toMatchObject({ conclusion: 'failure', output: { annotations: 1 } })
  expect(check?.output.summary).toMatch(/Line 3: .*timezon.*Did you mean "timezone"/)
  expect(await inForce(run)).toMatchObject({ waitingHours: 24, timezone: 'UTC' })
  expect(await status(run)).toMatch(/has a problem[\s\S]*line 3[\s\S]*timezon/)

  const mended = await pushFile(run, 'waiting-hours: 12\ntimezone: Europe/Berlin\n')
  expect(checksOf(run, mended)).toMatchObject([{ conclusion: 'success' }])
  expect(await inForce(run)).toMatchObject({ waitingHours: 12, timezone: 'Europe/Berlin' })
  expect(await status(run)).toContain('`.github/groundswell.yml` is valid')

  const removed = await pushFile(run, null)
  expect(checksOf(run, removed)).toEqual([])
  expect(await inForce(run)).toMatchObject({ waitingHours: 48, timezone: 'UTC' })
  expect(await status(run)).toContain('There is no `.github/groundswell.yml`')
})

it('is read when the App is installed, without a push, and not from another branch', async () => {
  const run = await journey()
  run.github.addOrganization('other-lab')
  run.github.addRepository('other-lab', 'model')
  run.github.putFile('other-lab/model', path, 'waiting-hours: 7\n')
  await run.github.install('other-lab')
  await run.idle()
  expect(await inForce(run, 'other-lab/model')).toMatchObject({ waitingHours: 7 })
  expect(run.github.checkRuns('other-lab/model')).toEqual([])

  run.github.putFile('other-lab/model', path, 'waiting-hours: 9\n', 'draft')
  const commits = [{ files: [{ filename: path }] }]
  await run.github.push('other-lab/model', { by: 'mara', branch: 'draft', commits })
  await run.idle()
  expect(await inForce(run, 'other-lab/model')).toMatchObject({ waitingHours: 7 })
})

it('of each of two pushes in a row gets its check', async () => {
  const run = await journey()
  const { github } = run
  await run.idle()
  const commits = [{ files: [{ filename: path }] }]
  const shas = []
  for (const text of ['waiting-hours: 1\n', 'waiting-hours: 2\n']) {
    github.putFile(engine, path, text)
    await github.push(engine, { by: 'mara', commits })
    shas.push(github.world.repository(engine).branches.get('main') ?? '')
  }
  await run.idle()
  expect(shas.map((sha) => checksOf(run, sha).length)).toEqual([1, 1])
  expect(await inForce(run)).toMatchObject({ waitingHours: 2 })
})

describe('of the organisation', () => {
  it('holds for all of its repositories, under what they say themselves', async () => {
    const run = await journey()
    const { github } = run
    github.addRepository('example-lab', '.github')
    const organisation = 'example-lab/.github'
    await pushFile(run, 'waiting-hours: 24\ndigest:\n  day: friday\n', organisation)
    await pushFile(run, 'waiting-hours: 12\n')
    expect(await inForce(run)).toMatchObject({ waitingHours: 12, digest: { day: 'friday' } })

    const bad = await pushFile(run, 'waiting-hours: soon\n', organisation)
    expect(checksOf(run, bad, organisation)).toMatchObject([{ conclusion: 'failure' }])
    expect(await status(run)).toContain('example-lab/.github, line 1')

    // Its own file is valid, and told so: then it must be in force, too.
    const own = await pushFile(run, 'waiting-hours: 6\n')
    expect(checksOf(run, own)).toMatchObject([{ conclusion: 'success' }])
    expect(await inForce(run)).toMatchObject({ waitingHours: 6, digest: { day: 'friday' } })

    await pushFile(run, 'digest:\n  day: sunday\n', organisation)
    expect(await inForce(run)).toMatchObject({ waitingHours: 6, digest: { day: 'sunday' } })
    await pushFile(run, null, organisation)
    expect(await inForce(run)).toMatchObject({ waitingHours: 6, digest: { day: 'monday' } })
  })
})

describe('proposed by a pull request', () => {
  const proposing = (text: string) => ({
    files: [{ filename: path }],
    commits: [{ files: [{ filename: path, text }] }],
  })
  const headOf = ({ github }: Journey, number: number) =>
    github.issues(engine).find((thread) => thread.number === number)?.pull?.head.sha ?? ''

  it('is checked there before it is merged, from a fork too, and in force only after', async () => {
    const run = await journey()
    const { github } = run
    await github.fork(engine, { owner: 'newcomer-a' })
    const { number } = await github.openPullRequest(engine, {
      author: 'newcomer-a',
      headRepository: 'newcomer-a/engine',
      ...proposing('waiting-hours: 12\n\ntimezon: Europe/Berlin\n'),
    })
    await run.idle()
    const bad = headOf(run, number)
    const [check, ...others] = checksOf(run, bad)
    expect(others).toEqual([])
    expect(check).toMatchObject({
      name: 'Groundswell configuration',
      conclusion: 'failure',
      output: { annotations: 1 },
    })
    expect(check?.output.summary).toMatch(/Line 3: .*timezon.*Did you mean "timezone"/)
    expect(github.checkRuns('newcomer-a/engine')).toEqual([])
    expect(await status(run)).toContain('There is no `.github/groundswell.yml`')

    await github.pushToPullRequest(engine, number, proposing('waiting-hours: 12\n'))
    await run.idle()
    const good = headOf(run, number)
    expect(good).not.toBe(bad)
    expect(checksOf(run, good)).toMatchObject([{ conclusion: 'success' }])
    expect(checksOf(run, good)[0]?.output.summary).toContain('once it is merged')
    expect(await inForce(run)).toMatchObject({ waitingHours: 48 })

    await github.mergePullRequest(engine, number, { by: 'mara', method: 'squash' })
    await run.idle()
    expect(await inForce(run)).toMatchObject({ waitingHours: 12 })
  })

  it('costs one point a push, and is silent where the file stays as it is', async () => {
    const run = await journey()
    await pushFile(run, 'waiting-hours: 24\n')
    const { number } = await run.github.openPullRequest(engine, { author: 'newcomer-a' })
    await pushFile(run, 'waiting-hours: 12\n')
    const asked = () =>
      run.github.requests.filter(({ operation }) => operation === 'ProposedConfiguration')
    await run.idle()
    expect(asked()).toMatchObject([{ points: 1 }])

    // The branch is behind now: the file differs there, and is not touched all the same.
    await run.github.pushToPullRequest(engine, number)
    await run.github.closePullRequest(engine, number, { by: 'mara' })
    await run.idle()
    expect(asked()).toHaveLength(2)
    expect(checksOf(run, headOf(run, number))).toEqual([])
  })

  it('is silent about a file that goes', async () => {
    const run = await journey()
    await pushFile(run, 'waiting-hours: 24\n')
    const files = [{ filename: path, status: 'removed' as const }]
    const { number } = await run.github.openPullRequest(engine, {
      author: 'newcomer-a',
      files,
      commits: [{ files }],
    })
    await run.idle()
    expect(checksOf(run, headOf(run, number))).toEqual([])
  })

  it('quotes a stranger without what GitHub would make of it', async () => {
    const run = await journey()
    const text = 'timezone: "@mara ![x](https://evil.example/x.png)"\n'
    const { number } = await run.github.openPullRequest(engine, {
      author: 'newcomer-a',
      ...proposing(text),
    })
    await run.idle()
    const [check] = checksOf(run, headOf(run, number))
    expect(check).toMatchObject({ conclusion: 'failure' })
    expect(check?.output.summary).toMatch(/Line 1: /)
    expect(check?.output.summary).not.toMatch(/@mara|!\[|\]\(|https:\/\//)
  })
})

it('in an old spelling is in force, and said to be so on its commit and in the status', async () => {
  const run = await journey()
  const sha = await pushFile(run, 'waiting-hours: 6\npublishDay: fri\n')
  expect(checksOf(run, sha)).toMatchObject([{ conclusion: 'neutral', output: { annotations: 2 } }])
  expect(checksOf(run, sha)[0]?.output.summary).toMatch(/Line 2: "publishDay" is an old name/)
  expect(await inForce(run)).toMatchObject({ waitingHours: 6, digest: { day: 'friday' } })
  expect(await status(run)).toMatch(/in an old spelling[\s\S]*line 2: "publishDay"/)

  await pushFile(run, 'waiting-hours: 6\ndigest: { day: friday }\n')
  expect(await status(run)).toContain('`.github/groundswell.yml` is valid')
})

it('names directories in comments as the project does', async () => {
  const run = await journey()
  await pushFile(run, 'areas: { kernels: ["csrc/**", kernels] }\n')
  const { github } = run
  const work = (filename: string) => ({
    author: 'newcomer-a',
    files: [{ filename }],
  })
  for (const filename of ['csrc/rope/scale.cu', 'kernels/attention/flash.cu']) {
    const { number } = await github.openPullRequest(engine, work(filename))
    await run.idle()
    await github.mergePullRequest(engine, number, { by: 'mara' })
    await run.idle()
  }
  const { number } = await github.openPullRequest(engine, work('docs/a.md'))
  await run.idle()
  expect(run.ownComments(number).join()).toMatch(/mostly in `kernels`/)
})

describe('made to hurt', () => {
  const bomb = Array.from({ length: 9 }, (_, level) => {
    const below = level === 0 ? '"x"' : `*l${level - 1}`
    return `l${level}: &l${level} [${Array.from({ length: 9 }, () => below).join(', ')}]`
  }).join('\n')

  it('is refused with a check, and the App lives on', async () => {
    const run = await journey()
    const cases = [bomb, `${'['.repeat(20_000)}\n`, `timezone: "${'x'.repeat(900_000)}"\n`]
    for (const text of cases) {
      const sha = await pushFile(run, text)
      expect(checksOf(run, sha)).toMatchObject([{ conclusion: 'failure' }])
    }
    const { number } = await run.github.openPullRequest(engine, { author: 'newcomer-a' })
    await run.idle()
    expect(run.ownComments(number)).toHaveLength(1)
    expect(await parkedWork(run.app.deps.db, 10)).toEqual([])
  })

  it('is not taken for empty where GitHub leaves the content out', async () => {
    const run = await journey()
    await pushFile(run, 'waiting-hours: 24\n')
    const large = {
      ...{ type: 'file', size: 2_000_000, name: 'groundswell.yml', path, sha: 'a'.repeat(40) },
      ...{ url: '', git_url: null, html_url: null, download_url: null },
      ...{ _links: { self: '', git: null, html: null }, content: '', encoding: 'none' },
    }
    const refused = {
      message: 'This API returns blobs up to 100 MB in size.',
      errors: [{ resource: 'Blob', field: 'data', code: 'too_large' }],
    }
    for (const fault of [
      { status: 200, body: large },
      { status: 403, body: refused },
    ]) {
      run.github.fail({ path: /engine\/contents\//, ...fault })
      const sha = await pushFile(run, '# large\n')
      expect(checksOf(run, sha)).toMatchObject([{ conclusion: 'failure' }])
      expect(await inForce(run)).toMatchObject({ waitingHours: 24 })
    }
    expect(await parkedWork(run.app.deps.db, 10)).toEqual([])
  })
})
