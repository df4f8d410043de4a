import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { refusalOf } from '../../src/cli/github-refusal.ts'
import { reportOnRepository } from '../../src/cli/report-repository.ts'
import { UserError } from '../../src/errors.ts'
import { renderRepositoryReport } from '../../src/report/repository-report.ts'
import type { GitHub } from '../../src/sandbox/github.ts'
import { type Database, openEmbedded } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrations/index.ts'
import { emptyFolder } from '../git/repository-of.ts'
import { emptyDatabase } from '../support/engine.ts'
import { pastOf } from '../support/history.ts'
import { engine, exampleGitHub } from '../support/journey.ts'
import { expectPublished } from '../support/output-schema.ts'
import { outputOf } from './output-of.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

/** One for all, since starting one takes longer than any report. */
const open = await openEmbedded(null)
beforeAll(async () => await migrate(open.db))
afterAll(async () => await open.close())

async function withStore<Result>(work: (db: Database) => Promise<Result>): Promise<Result> {
  await emptyDatabase(open)
  return await work(open.db)
}

/** A GitHub with a project's past of some days, and how to report on it. */
async function project({ days = 12 }: { days?: number } = {}) {
  const clock = { now: new Date('2024-01-01T09:00:00Z') }
  const { github, contract } = await exampleGitHub(() => clock.now)
  onTestFinished(async () => {
    await github.close()
    expect(contract.violations).toEqual([])
  })
  await pastOf(github, clock, { days })
  const reader = github.addToken('a-reader')
  const told: string[] = []
  interface Asked {
    owner?: string
    name?: string
    token?: string | null
    /** of the window, up to now */
    days?: number
    onTell?: () => void
  }
  const report = async (asked: Asked = {}) => {
    const { owner = 'example-lab', name = 'engine', token = reader, onTell } = asked
    const { now } = clock
    const from = new Date(now.getTime() - (asked.days ?? Math.max(2, days - 3)) * 24 * 3_600_000)
    const server = { host: github.host, apiUrl: `${github.url}/api/v3`, htmlUrl: github.url, token }
    return await reportOnRepository(
      { owner, name, window: { from, to: now } },
      {
        environment: { github: server, surroundings: { PATH: process.env.PATH } },
        now,
        withStore,
        tell: (text, lasting) => {
          if (lasting) told.push(text)
          onTell?.()
        },
      },
    )
  }
  return { github, clock, reader, report, told }
}

it('answers from what changed in the window and in the one before it', async () => {
  const { github, report, told } = await project()
  const { project: figures, ...rest } = await report()
  expect(rest).toMatchObject({
    name: engine,
    commits: expect.any(Number),
    authors: { total: 3, bots: 0 },
    contributors: { total: 6, new: null, returning: null, bots: 1 },
    completeness: { source: 'graphql', forkOf: null },
  })
  expect(rest.commits).toBeGreaterThan(2)
  expect(figures).toMatchObject({
    compared: {
      opened: { now: 6 },
      issuesNew: { now: 8 },
      newForks: { now: 0 },
      newStars: { now: null },
      hoursToFirstResponse: { now: expect.any(Number) },
    },
    forks: 1,
  })
  const { points, requests } = rest.completeness.cost
  expect(requests).toBe(
    github.requests.filter(({ operation }) => !operation?.startsWith('git ')).length,
  )
  expect(told).toEqual([
    expect.stringMatching(/^Reading takes about \d+ points of the 4999 that are left this hour\.$/),
    `It took ${points} points and ${requests} requests of GitHub's limits.`,
  ])
  const again = await report({ onTell: failing(github) })
  expect(again.project).toEqual(figures)
  const text = renderRepositoryReport(again)
  expect(text).toMatch(
    /outside help making us faster\?[\s\S]*\| Pull requests merged \| \d+ \| \d+ \|/,
  )
  expect(text).not.toMatch(/@|NaN|undefined/)
})

/** After the estimate, GitHub finds everything too much three times over. */
function failing(github: GitHub): () => void {
  let told = 0
  return () => {
    told += 1
    if (told === 1) github.fail({ path: /\/graphql$/, status: 502, times: 3 })
  }
}

it('reads no further back than it needs', async () => {
  const { github, clock, report } = await project({ days: 120 })
  const before = github.requests.length
  await report({ days: 2 })
  const recent = github.requests.slice(before)
  const pages = (lane: string) => recent.filter(({ operation }) => operation === `History_${lane}`)
  expect(clock.now.getTime()).toBeGreaterThan(Date.parse('2024-04-01T00:00:00Z'))
  expect(pages('pull_requests')).toHaveLength(1)
})

describe('without a token', () => {
  it('tells what everybody may know, and what is missing', async () => {
    const { github, report, told } = await project({ days: 12 })
    const open = await report()
    const closed = await report({ token: null })
    for (const each of [open, closed]) expectPublished('report', each)
    expect(closed).toMatchObject({
      commits: open.commits,
      authors: open.authors,
      completeness: { source: 'rest', cost: { points: 0 } },
    })
    const { hoursToFirstResponse, contributors, outsideContributors, ...compared } =
      closed.project.compared
    expect(open.project.compared).toMatchObject(compared)
    expect(hoursToFirstResponse).toEqual({ now: null, before: null })
    expect(contributors.now).toBeLessThanOrEqual(open.project.compared.contributors.now ?? 0)
    expect(outsideContributors.now).toBeGreaterThan(0)
    expect(told.join('\n')).toContain('There is no GITHUB_TOKEN, so GitHub answers 60 requests')
    const rest = github.requests.filter(({ operation }) => operation?.startsWith('/repos/'))
    expect(rest.length).toBeLessThan(12)
    expect(renderRepositoryReport(closed)).toContain('Not read: reviews, since without a token')
  })

  it('says before it begins when sixty requests are too few', async () => {
    const { github, report } = await project({ days: 110 })
    github.rateLimits.setRemaining('anonymous', 'core', 8)
    await expect(report({ token: null })).rejects.toThrow(
      /^\d+ more requests are needed, and without a token GitHub answers 1 more until \d\d:\d\d UTC\. Set GITHUB_TOKEN/,
    )
  })

  it('says until when GitHub does not answer', async () => {
    const { github, report } = await project({ days: 1 })
    github.rateLimits.setRemaining('anonymous', 'core', 0)
    await expect(report({ token: null })).rejects.toThrow(
      /60 requests an hour without a token, and they are used up until 2024-01-0\d \d\d:\d\d UTC/,
    )
  })
})

const graphqlError = (type: string) =>
  Object.assign(new Error(type), { errors: [{ type, message: 'No' }], headers: {} })

const tooFast = Object.assign(new Error('You have exceeded a secondary rate limit'), {
  status: 403,
  response: { headers: { 'retry-after': '120' } },
})

describe('what GitHub refuses is told to the person', () => {
  it.each([
    [
      'no such repository',
      {},
      'There is no repository example-lab/none, or this GITHUB_TOKEN may not see it.',
    ],
    [
      '… to anybody',
      { token: null },
      'There is no repository example-lab/none that everybody may see.',
    ],
    [
      'a token that is none',
      { token: 'ghp_wrong' },
      'GitHub does not take this GITHUB_TOKEN (401 Bad credentials',
    ],
  ])('%s', async (_, options, message) => {
    const { report } = await project({ days: 1 })
    const refused = report({ name: 'none', ...options })
    await expect(refused).rejects.toThrow(UserError)
    await expect(refused).rejects.toThrow(message)
    await expect(refused).rejects.not.toThrow('ghp_')
  })

  it('a repository that vanished while it was read', async () => {
    const { github, report } = await project({ days: 1 })
    const vanish = () => {
      const errors = [{ type: 'NOT_FOUND', message: 'Could not resolve to a Repository' }]
      const body = { data: { repository: null }, errors }
      github.fail({ path: /\/graphql$/, status: 200, body, times: 9 })
    }
    const refused = report({ onTell: vanish })
    await expect(refused).rejects.toThrow(UserError)
    await expect(refused).rejects.toThrow('example-lab/engine vanished while it was read')
  })

  it.each([
    ['a limit', graphqlError('RATE_LIMITED'), /limit for this GITHUB_TOKEN is used up until 2024-/],
    ['a secondary limit', tooFast, /limit for this GITHUB_TOKEN is used up until 2024-01-01 09:02/],
    [
      'no rights',
      graphqlError('FORBIDDEN'),
      /does not let this GITHUB_TOKEN read example-lab\/engine/,
    ],
    [
      'an answer of its own kind',
      graphqlError('SOMETHING_NEW'),
      /^GitHub does not answer \(SOMETHING/,
    ],
  ])('%s', (_, error, message) => {
    const asked = { fullName: engine, hasToken: true, begun: true }
    const told = refusalOf(error, asked, new Date('2024-01-01T09:00:00Z'))
    expect(told).toBeInstanceOf(UserError)
    expect(String(told)).toMatch(new RegExp(message.source.replace('^', '')))
  })

  it('and a fault of our own is not its fault', () => {
    const ours = new TypeError('x is not a function')
    const asked = { fullName: engine, hasToken: true, begun: true }
    expect(refusalOf(ours, asked, new Date())).toBe(ours)
  })

  it('a GitHub that cannot be reached', async () => {
    const { github, report } = await project({ days: 1 })
    github.fail({ path: /./, status: 'drop', times: 99 })
    await expect(report()).rejects.toThrow(/^GitHub does not answer \(/)
  })
})

it('goes without commits where git cannot fetch them, and says so', async () => {
  const { github, report } = await project({ days: 3 })
  github.fail({ path: /info\/refs$/, status: 500, times: 9 })
  const told = await report({ days: 10 })
  expectPublished('report', told)
  expect(told).toMatchObject({ commits: null, authors: null, areas: null })
  expect(told.completeness.notRead[0]).toMatchObject({ what: 'commits' })
  expect(told.project.compared.issuesNew.now).toBe(3)
  expect(renderRepositoryReport(told)).toContain('The commits could not be read')
})

it('says when the repository is a fork, or has another name by now', async () => {
  const { github, report, told } = await project({ days: 1 })
  await github.renameRepository(engine, 'core')
  expect(await report()).toMatchObject({ name: 'example-lab/core' })
  expect(told[0]).toBe('example-lab/engine is called example-lab/core now.')
  const fork = await report({ owner: 'newcomer-a' })
  expect(fork).toMatchObject({ completeness: { forkOf: 'example-lab/core' } })
  expect(told.join('\n')).toContain('newcomer-a/engine is a fork of example-lab/core.')
})

describe('as a command', () => {
  const reporting = async (...rawArgs: string[]) => {
    const { github, reader } = await project({ days: 3 })
    vi.stubEnv('GHE_HOST', github.host)
    vi.stubEnv('GHE_PROTOCOL', 'http')
    vi.stubEnv('GITHUB_TOKEN', reader)
    let said = ''
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      said += text
      return true
    })
    return { ...(await outputOf('report', ...rawArgs)), said }
  }
  const january = ['--from', '2024-01-01', '--to', '2024-01-15']

  it('reports, with what it costs on standard error', async () => {
    const { exitCode, out, error, said } = await reporting(engine, ...january, '--format', 'json')
    expect({ exitCode, error }).toEqual({ exitCode: 0, error: '' })
    expectPublished('report', out)
    expect(JSON.parse(out)).toMatchObject({
      window: { from: '2024-01-01T00:00:00.000Z', to: '2024-01-15T00:00:00.000Z' },
      project: { compared: { issuesNew: { now: 3 }, issuesClosed: { now: 1 } } },
    })
    expect(said).toMatch(/^Reading takes about \d+ points.*\nIt took \d+ points.*\n$/)
  })

  it('is about the folder where one has that name, and says so', async () => {
    const [here, folder] = [process.cwd(), emptyFolder()]
    mkdirSync(join(folder, engine), { recursive: true })
    process.chdir(folder)
    onTestFinished(() => process.chdir(here))
    const { exitCode, error, said } = await reporting(engine)
    expect([exitCode, error]).toEqual([1, expect.stringContaining('is no git repository')])
    expect(said).toContain('Reporting on the folder example-lab/engine.')
  })

  it.each([
    [['--from', 'v1.0'], '--from: "v1.0" is no date and no instant.'],
    [['--from', '2024-02-01', '--to', '2024-01-01'], 'is not before --to'],
    [['--from', '2999-01-01', '--to', '2999-02-01'], 'lies in the future'],
  ])('refuses %j', async (args, message) => {
    const { exitCode, out, error } = await reporting(engine, ...args)
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' })
    expect(error).toContain(message)
  })
})
