import { existsSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { defineCommand } from 'citty'
import { UserError } from '../errors.ts'
import { type CommitRange, readAreas, readHistory } from '../git/read-history.ts'
import { type GitRepository, openRepository } from '../git/repository.ts'
import { contributorAbsenceFactor } from '../metrics/contributor-absence-factor.ts'
import { type CommitSummary, commitSummary } from '../people/commit-summary.ts'
import type { CommitTally } from '../people/commit-tally.ts'
import type { GitFigures } from '../report/git-report.ts'
import type { CloneReport, RepositoryReport } from '../report/json/report.ts'
import { progressLine } from './progress-line.ts'
import { type ReportRange, reportRange } from './report-range.ts'

export const command = defineCommand({
  meta: {
    name: 'report',
    description:
      'Say who contributed to a git clone or a repository on GitHub, without installing anything',
  },
  args: {
    of: {
      type: 'positional',
      description: 'the folder of a git clone, or owner/name on GitHub',
      required: true,
    },
    from: {
      type: 'string',
      description:
        'a date or instant (UTC, included), or of a clone a revision (left out, with all before it)',
    },
    to: {
      type: 'string',
      description: 'a date or instant (UTC, left out), or of a clone a revision (included)',
    },
    format: { type: 'enum', options: ['md', 'json'], default: 'md', description: 'md or json' },
  },
  run: async ({ args }) => {
    const { of, from = null, to = null, format } = args
    if (args._.length > 1) {
      throw new UserError(`One folder or repository at a time: ${args._.length} were named.`)
    }
    const range = { from, to }
    const name = repositoryNamed(of)
    const report = name === null ? await cloneReport(of, range) : await gitHubReport(name, range)
    process.stdout.write(
      format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : `${await markdownOf(report)}\n`,
    )
  },
})

const fullName = /^([\w.-]+)\/([\w.-]+)$/

/** The repository on GitHub that an argument names; null for a folder, which wins where both are possible. */
function repositoryNamed(of: string): { owner: string; name: string } | null {
  const [, owner, name] = fullName.exec(of) ?? []
  if (owner === undefined || name === undefined || /^\.+$/.test(owner)) return null
  if (!existsSync(of)) return { owner, name }
  process.stderr.write(
    `Reporting on the folder ${of}. For the repository ${of} on GitHub, run this elsewhere.\n`,
  )
  return null
}

type Bounds = { from: string | null; to: string | null }

async function cloneReport(folder: string, bounds: Bounds): Promise<CloneReport> {
  const repository = await openRepository({ folder, environment: process.env })
  return await reportOn(repository, await reportRange(repository, bounds))
}

/** Loaded only here: most of it is of no use to who reports on a clone. */
async function gitHubReport(
  repository: { owner: string; name: string },
  bounds: Bounds,
): Promise<RepositoryReport> {
  const { readEnvironment } = await import('../../config/environment.ts')
  const { withScratchStore: withStore } = await import('../store/scratch.ts')
  const { reportOnRepository } = await import('./report-repository.ts')
  const { reportWindow } = await import('./report-window.ts')
  const now = new Date()
  const window = reportWindow(bounds, now)
  const line = progressLine(process.stderr)
  const tell = (text: string, lasting?: 'lasting') => {
    if (lasting || process.stderr.isTTY) line.show(text)
    if (lasting) line.end()
  }
  try {
    const environment = readEnvironment(process.env)
    return await reportOnRepository(
      { ...repository, window },
      { environment, now, tell, withStore },
    )
  } finally {
    line.end()
  }
}

const recentDays = 90

async function reportOn(repository: GitRepository, range: ReportRange): Promise<CloneReport> {
  const isWhole = range.base === null && range.from === null && range.to === null
  const ranges: CommitRange[] = isWhole ? [range, lastDays(range)] : [range]
  const [tally, recentTally] = await readWithProgress(repository, ranges)
  if (tally === undefined) throw new Error('A range was read, and nothing came of it')
  const known = { earlierHistory: !repository.shallow }
  const summary = commitSummary(tally, known)
  const { authorLines, agents, months, joined } = summary
  const areas = await areasOf(repository, { tally, ranges })
  return {
    name: basename(resolve(repository.folder)),
    ...figuresOf(summary, windowOf(range, tally)),
    revisions: range.revisions,
    authorLines,
    recent:
      recentTally === undefined
        ? null
        : figuresOf(commitSummary(recentTally, known), windowOf(ranges[1] ?? range, recentTally)),
    ...areas,
    agents,
    months,
    joined,
    completeness: {
      source: 'git',
      shallow: repository.shallow,
      earlierHistory: !repository.shallow,
      directories: !repository.treeless,
      roots: repository.shallow ? null : tally.roots,
      notInAClone: ['reviews', 'issues', 'comments', 'discussions', 'stars', 'forks'],
    },
  }
}

/** Of a longer history, only where work is going on lately is looked up. */
const mostCommitsForAreas = 20_000

async function areasOf(
  repository: GitRepository,
  { tally, ranges: [range, recent] }: { tally: CommitTally; ranges: readonly CommitRange[] },
) {
  const looked = tally.commits > mostCommitsForAreas ? (recent ?? range) : range
  if (looked === undefined || repository.treeless) return { areas: null, areasOf: null }
  const areas = [...(await readAreas(repository, looked))]
    .toSorted(([a, inA], [b, inB]) => inB - inA || (a < b ? -1 : 1))
    .map(([area, commits]) => ({ area, commits }))
  return { areas, areasOf: looked === range ? ('window' as const) : ('recent' as const) }
}

function lastDays(range: CommitRange): CommitRange {
  const to = new Date()
  return { ...range, from: new Date(to.getTime() - recentDays * 86_400_000), to }
}

async function readWithProgress(
  repository: GitRepository,
  ranges: readonly CommitRange[],
): Promise<CommitTally[]> {
  const line = progressLine(process.stderr)
  const began = performance.now()
  const tallies = await readHistory(repository, ranges, (commits) => {
    const slow = performance.now() - began > 1_000
    if (slow && process.stderr.isTTY) line.show(`${commits.toLocaleString('en')} commits read`)
  })
  line.end()
  return tallies
}

function figuresOf(summary: CommitSummary, window: GitFigures['window']): GitFigures {
  const { commits, authors, contributors, commitsByPerson } = summary
  return {
    window,
    commits,
    authors,
    contributors,
    contributorAbsenceFactor: contributorAbsenceFactor(commitsByPerson),
  }
}

/** Half-open, as everywhere: it ends a second, git's measure of time, after the last commit. */
function windowOf(
  { from, to, ...range }: CommitRange & { bounds?: ReportRange['bounds'] },
  { firstAt, lastAt }: CommitTally,
): GitFigures['window'] {
  const last = range.bounds?.to ?? lastAt
  return {
    from: from ?? range.bounds?.from ?? firstAt,
    to: to ?? (last === null ? null : new Date(last.getTime() + 1_000)),
  }
}

/** Loaded only when it is asked for: a Markdown serialiser takes as long to load as a small history to read. */
async function markdownOf(report: CloneReport | RepositoryReport): Promise<string> {
  if ('project' in report) {
    const { renderRepositoryReport } = await import('../report/repository-report.ts')
    return renderRepositoryReport(report)
  }
  const { renderGitReport } = await import('../report/git-report.ts')
  const joined = report.joined.flatMap(({ evidence }) => evidence)
  return renderGitReport({ ...report, joined })
}
