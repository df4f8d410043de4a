import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { carryOut } from '../../src/cli/commands.ts'
import { listenForCommands } from '../../src/cli/control-socket.ts'
import { importArchive } from '../../src/cli/import-archive.ts'
import { outputOf } from '../cli/output-of.ts'
import { archived, archiveFile } from '../support/archive.ts'
import { fork, issue, pullRequest, star } from '../support/builders.ts'
import { appEnvironment, engine, journey } from '../support/journey.ts'
import { expectPublished } from '../support/output-schema.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

type Journey = Awaited<ReturnType<typeof journey>>

/** A journey, and the builders' options for events in its repository. */
async function installed() {
  // Its own comments would be facts that the archive has not seen.
  const run = await journey({ at: '2026-11-23T09:00:00Z', env: { DRY_RUN: 'true' } })
  await run.idle()
  const { id, owner } = run.github.world.repository(engine)
  return { ...run, app: run.app, about: { repository: { id, owner: owner.login, name: 'engine' } } }
}

async function filesOf(files: Record<string, Buffer | string>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'groundswell-import-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const [name, contents] of Object.entries(files))
    await writeFile(join(folder, name), contents)
  return Object.keys(files).map((name) => join(folder, name))
}

const importing = async ({ app }: Pick<Journey, 'app'>, files: string[], named: string[] = []) =>
  await importArchive(files, {
    named,
    ask: (request) => carryOut(request, app.deps),
    onProgress: () => {},
  })

/** Commits are left out: git tells of them. */
const facts = async ({ app }: Pick<Journey, 'app'>) => {
  const rows = await app.deps.db.selectFrom('facts').selectAll().execute()
  const told = rows.filter(({ kind }) => !kind.startsWith('commit.'))
  return told.map((row) => JSON.stringify(row)).sort()
}

const at = '2026-11-16T09:00:00Z'

it('adds what was not known, once, and says what it added', async () => {
  const run = await installed()
  const pull = pullRequest({ ...run.about, number: 812, at })
  const hour = archiveFile([
    archived(fork({ ...run.about, id: 2000, by: 'newcomer-a', at }), { at }),
    archived(star({ ...run.about, by: 'mona', at }).created(), { at, late: 2 }),
    archived(pull.opened(), { at }),
    archived(issue({ ...run.about, number: 640, at }).opened(), { at }),
    archived(fork({ repository: { id: 7, name: 'elsewhere' } }), { at }),
  ])
  const [file = ''] = await filesOf({ '2026-11-16-9.json.gz': hour })
  const first = await importing(run, [file])
  expect(first).toMatchObject({
    files: [{ file, lines: 5, cutShort: false }],
    events: 4,
    hours: { from: new Date(at), to: new Date('2026-11-16T10:00:00Z') },
    missingHours: [],
    repositories: [{ repository: engine, added: 4, known: 0 }],
    faults: [],
  })
  const before = await facts(run)
  expect(before).toHaveLength(4)
  expect(await importing(run, [file, file])).toMatchObject({
    repositories: [{ repository: engine, added: 0, known: 8 }],
  })
  expect(await facts(run)).toEqual(before)
})

/** A morning in the repository, and the archive's file of it. */
async function morning(run: Awaited<ReturnType<typeof installed>>): Promise<string> {
  const { github } = run
  const { number } = await github.openPullRequest(engine, { author: 'newcomer-a' })
  await run.pass(1)
  await github.comment(engine, number, { author: 'mara' })
  await github.review(engine, number, { author: 'ines', state: 'approved' })
  const reported = await github.openIssue(engine, { author: 'newcomer-b' })
  await run.pass(1)
  await github.closeIssue(engine, reported.number, { by: 'mara' })
  await github.fork(engine, { owner: 'newcomer-c' })
  await github.mergePullRequest(engine, number, { by: 'mara' })
  const told = github.deliveries.made.filter(
    ({ event }) => event !== 'push' && !event.startsWith('installation'),
  )
  const lines = told.map((delivery) => archived(delivery, { at: run.clock.now.toISOString() }))
  const [file = ''] = await filesOf({ 'morning.json.gz': archiveFile(lines) })
  return file
}

describe('what webhooks told too', () => {
  it('is the same facts, whichever comes first', async () => {
    const one = await installed()
    const fileOfOne = await morning(one)
    await one.idle()
    const byWebhooks = await facts(one)
    expect(byWebhooks.length).toBeGreaterThan(6)
    expect(await importing(one, [fileOfOne])).toMatchObject({ repositories: [{ added: 0 }] })
    expect(await facts(one)).toEqual(byWebhooks)

    const other = await installed()
    other.github.failDeliveries(50)
    const fileOfOther = await morning(other)
    await other.github.settled()
    other.github.failDeliveries(0)
    const byArchive = await importing(other, [fileOfOther])
    expect(byArchive.repositories[0]?.added).toBeGreaterThan(5)
    const imported = await facts(other)
    for (const delivery of other.github.deliveries.made) await other.github.deliver(delivery)
    await other.idle()
    expect(await facts(other)).toEqual(imported)
  })

  it('is one star, though the archive has it some seconds later', async () => {
    const run = await installed()
    const starred = await run.github.star(engine, { by: 'stranger-x' })
    await run.idle()
    const before = await facts(run)
    const line = archived(starred, { at: run.clock.now.toISOString(), late: 4 })
    const [file = ''] = await filesOf({ 'hour.json': JSON.stringify(line) })
    expect(await importing(run, [file])).toMatchObject({ repositories: [{ added: 0, known: 1 }] })
    expect(await facts(run)).toEqual(before)
  })
})

it('learns the counts of past days, and no former name', async () => {
  const run = await installed()
  await run.github.star(engine, { by: 'stranger-x' })
  await run.idle()
  const dayOf = (day: string, stars: number) => {
    const updatedAt = `2026-10-${day}T09:00:00Z`
    const repository = { ...run.about.repository, name: 'old-name', stars, forks: 7, updatedAt }
    return archived(pullRequest({ repository, number: 5, at: updatedAt }).opened(), {
      at: updatedAt,
    })
  }
  const [file = ''] = await filesOf({
    'october.json': archiveFile([dayOf('01', 100), dayOf('02', 110), dayOf('02', 111)]),
  })
  await importing(run, [file])
  const { db } = run.app.deps
  const counts = await db.selectFrom('day_counts').selectAll().orderBy('day').execute()
  expect(
    counts.map(({ day, stars }) => [day.toISOString().slice(0, 10), stars]).slice(0, 2),
  ).toEqual([
    ['2026-10-01', 100],
    ['2026-10-02', 111],
  ])
  expect(await db.selectFrom('repositories').select('name').execute()).toEqual([{ name: 'engine' }])
})

it('tells what is missing, cut down, damaged or from another time', async () => {
  const run = await installed()
  const opened = archived(pullRequest({ ...run.about, number: 812, at }).opened(), { at })
  const trimmed = { action: 'opened', number: 812, pull_request: { id: 1, number: 812 } }
  const late = '2026-11-16T14:00:00Z'
  const [first = '', cut = ''] = await filesOf({
    '9.json': [
      JSON.stringify(opened),
      '{"type": "ForkEv',
      '{"type": "ForkEvent"}',
      '{"type": "ForkEv',
      JSON.stringify({ ...opened, payload: trimmed }),
      JSON.stringify({ ...opened, payload: trimmed, created_at: '2012-03-10T22:00:00-08:00' }),
      JSON.stringify({ ...opened, payload: trimmed, created_at: '2016-01-01T00:00:00Z' }),
    ].join('\n'),
    '14.json.gz': archiveFile([
      archived(fork({ ...run.about, at: late }), { at: late }),
      'x'.repeat(9e5),
    ]).subarray(0, -9),
  })
  const told = await importing(run, [first, cut])
  expectPublished('import', told)
  expect(told).toMatchObject({
    files: [
      { lines: 7, cutShort: false },
      { file: cut, cutShort: true },
    ],
    repositories: [{ added: 2 }],
    leftOut: { corruptLines: 4, trimmed: 1, old: 1, unreadable: 1 },
    faults: [
      { fault: 'not JSON', file: first, line: 2, count: 3 },
      { fault: 'JSON that is no event', file: first, line: 3, count: 1 },
      { fault: expect.stringContaining('PullRequestEvent without'), line: 7 },
    ],
  })
  expect(told.missingHours).toContainEqual({
    from: new Date('2026-11-16T10:00:00Z'),
    to: new Date(late),
  })
})

it('keeps to the repositories that are named', async () => {
  const run = await installed()
  const second = run.github.addRepository('example-lab', 'second')
  await run.github.star('example-lab/second', { by: 'mona' })
  await run.idle()
  const [file = ''] = await filesOf({
    'hour.json': archiveFile([
      archived(fork({ ...run.about, id: 2000, at }), { at }),
      archived(fork({ repository: { id: second.id, name: 'second' }, id: 2001, at }), { at }),
    ]),
  })
  expect(await importing(run, [file], ['Example-Lab/second'])).toMatchObject({
    repositories: [{ repository: 'example-lab/second', added: 1 }],
  })
  await expect(importing(run, [file], ['example-lab/third'])).rejects.toThrow(
    'nothing is known of "example-lab/third". Known are example-lab/engine, example-lab/second',
  )
})

/** What a command line is told to reach the same App. */
function variablesOf({ github, environment }: Pick<Journey, 'github' | 'environment'>) {
  const { dataDirectory, databaseUrl, redisUrl } = environment
  return appEnvironment(github, {
    DATA_DIR: dataDirectory,
    ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }),
    ...(redisUrl !== null && { REDIS_URL: redisUrl }),
  })
}

it('is a command, of the App that runs or of the store that it left', async () => {
  const run = await installed()
  const socket = await listenForCommands(run.app.deps)
  onTestFinished(() => void socket.close())
  for (const [name, value] of Object.entries(variablesOf(run))) vi.stubEnv(name, value)
  vi.spyOn(process.stderr, 'write').mockReturnValue(true) // what a command without the App warns of
  const [file = ''] = await filesOf({
    'hour.json.gz': archiveFile([archived(fork({ ...run.about, id: 2000, at }), { at })]),
  })
  const asked = ['import', 'gharchive', file, '--repository', engine]
  const { exitCode, out } = await outputOf(...asked, '--format', 'json')
  expectPublished('import', out)
  expect([exitCode, JSON.parse(out)]).toMatchObject([0, { repositories: [{ added: 1 }] }])
  const again = await outputOf(...asked)
  expect(again.out).toMatch(/Read 1 file, 1 line, 2026-11-16 09:00 to 2026-11-16 10:00 UTC/)
  expect(again.out).toMatch(/\| example-lab\/engine \| 0 \| 1 \|/)
  expect(again.out).toContain('Stars that were taken back')
})
