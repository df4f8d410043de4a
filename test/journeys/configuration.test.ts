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
