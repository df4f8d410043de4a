import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type CommitRange, readAreas, readHistory } from '../../src/git/read-history.ts'
import { openRepository } from '../../src/git/repository.ts'
import { commitSummary } from '../../src/people/commit-summary.ts'
import { git, gitReading, type Made, repositoryOf } from './repository-of.ts'

async function summaryOf(folder: string, range: Partial<CommitRange> = {}) {
  const repository = await openRepository({ folder, environment: process.env })
  const whole = { tip: 'HEAD', base: null, from: null, to: null, ...range }
  const [tally] = await readHistory(repository, [whole])
  if (tally === undefined) throw new Error('nothing read')
  const areas = Object.fromEntries(await readAreas(repository, whole))
  const summary = commitSummary(tally, { earlierHistory: !repository.shallow })
  return { ...summary, areas, roots: tally.roots }
}

const mona = 'Mona Lisa <mona@lab.dev>'
const ada = 'Ada Byron <ada@lab.dev>'

describe('a history read from git', () => {
  it('tells who is new in a range of commits, and who is back', async () => {
    const folder = repositoryOf([
      { by: mona },
      { by: ada },
      { by: mona },
      { by: 'New One <n@x.dev>' },
    ])
    const { commits, authors } = await summaryOf(folder, { tip: 'c3', base: 'c1' })
    expect(commits).toBe(2)
    expect(authors).toEqual({ total: 2, new: 1, returning: 1, bots: 0, ai: 0 })
  })

  it('looks for the past on side branches too: a range is not a stretch of time', async () => {
    // c1 is on a side branch that the base does not reach; it came first, and is in the range.
    const folder = repositoryOf([
      { by: mona, at: '2026-01-05T00:00:00Z' },
      { by: ada, at: '2026-01-01T00:00:00Z', parents: [0] },
      { by: mona, at: '2026-01-06T00:00:00Z', parents: [0] },
      { by: mona, at: '2026-01-07T00:00:00Z', parents: [2, 1], message: 'Merge' },
    ])
    const { commits, authors } = await summaryOf(folder, { tip: 'c3', base: 'c2' })
    expect([commits, authors.total, authors.new]).toEqual([2, 2, 1])
  })

  it('has windows that hold their first instant and not their last', async () => {
    const on = (day: number, by: string): Made => ({ by, at: `2026-01-0${day}T00:00:00Z` })
    const folder = repositoryOf([on(1, mona), on(2, ada), on(3, mona)])
    const window = { from: new Date('2026-01-02'), to: new Date('2026-01-03') }
    const { commits, authors, areas } = await summaryOf(folder, window)
    expect(commits).toBe(1)
    expect(authors).toMatchObject({ total: 1, new: 1, returning: 0 })
    expect(areas).toEqual({ 'src/part-1/': 1 })
  })

  it('credits co-authors, bots and AI agents each as what they are', async () => {
    const trailers = [
      `Co-authored-by: ${ada}`,
      `Co-authored-by: ${mona}`,
      'Co-authored-by: Claude <noreply@anthropic.com>',
    ].join('\n')
    const folder = repositoryOf([
      { by: mona, message: `Title\n\nBody\n\n${trailers}` },
      { by: 'dependabot[bot] <1+dependabot[bot]@users.noreply.github.com>' },
    ])
    const { authors, contributors, agents, commitsByPerson } = await summaryOf(folder)
    expect(authors).toEqual({ total: 1, new: 1, returning: 0, bots: 1, ai: 0 })
    expect(contributors).toEqual({ total: 2, new: 2, returning: 0, bots: 1, ai: 1 })
    expect(agents).toEqual([{ agent: 'claude', commits: 1 }])
    expect(commitsByPerson).toEqual([1])
  })

  it('honours .mailmap, for co-authors as well', async () => {
    const mailmap = { '.mailmap': 'Mona Lisa <mona@lab.dev> <old@home.dev>\n' }
    const folder = repositoryOf(
      [
        { by: 'M <old@home.dev>' },
        { by: mona },
        { by: ada, message: 'Title\n\nCo-authored-by: m <old@home.dev>' },
      ],
      mailmap,
    )
    const { authors, contributors, authorLines } = await summaryOf(folder)
    expect([authors.total, contributors.total, authorLines]).toEqual([2, 2, 3])
  })

  it('takes years that no calendar has', async () => {
    const folder = repositoryOf([{ by: mona }])
    const text = signedCommit(folder).replaceAll('1767225700', '9'.repeat(16))
    const tip = gitReading(
      text,
      folder,
      'hash-object',
      '-w',
      '-t',
      'commit',
      '--stdin',
      '--literally',
    )
    expect((await summaryOf(folder, { tip })).commits).toBe(2)
  })

  it('reads several roots', async () => {
    const folder = repositoryOf([
      { by: mona },
      { by: ada, parents: [] },
      { by: mona, parents: [0, 1] },
    ])
    expect(await summaryOf(folder)).toMatchObject({ roots: 2, commits: 3 })
  })

  it('takes names, messages and paths as they are, however hostile', async () => {
    const folder = repositoryOf([
      { by: '"; rm -rf / # | `x` <a@x.dev>', message: '--format=%H\n\x1e\x1f\u001b[2J\n\n\n' },
      { by: 'Émilie 🌊 Ü <b@x.dev>', message: '', path: 'src/a b/\n-x' },
      { by: '<c@x.dev>', message: 'Title\n\nCo-authored-by: <>\nCo-authored-by: broken <' },
    ])
    const { commits, authors, contributors, areas } = await summaryOf(folder)
    expect([commits, authors.total, contributors.total]).toEqual([3, 3, 3])
    expect(areas).toMatchObject({ 'src/a b/': 1 })
  })

  it('runs nothing that the repository would like to run, and changes nothing', async () => {
    const folder = repositoryOf([{ by: mona }])
    const trap = join(folder, 'trap')
    writeFileSync(trap, `#!/bin/sh\ntouch '${folder}/sprung'\n`, { mode: 0o755 })
    const settings = { 'gpg.program': trap, 'core.fsmonitor': trap, 'core.pager': trap }
    const shown = { 'log.showSignature': 'true', 'log.showRoot': 'false', 'diff.external': trap }
    for (const [name, value] of Object.entries({ ...settings, ...shown })) {
      git(folder, 'config', name, value)
    }
    const tip = gitReading(
      signedCommit(folder),
      folder,
      'hash-object',
      '-w',
      '-t',
      'commit',
      '--stdin',
    )
    const { commits, areas } = await summaryOf(folder, { tip })
    expect([commits, areas]).toEqual([2, { 'src/part-0/': 1 }])
    expect(existsSync(join(folder, 'sprung'))).toBe(false)
    git(folder, 'log', '-1', tip)
    expect(existsSync(join(folder, 'sprung')), 'the trap works').toBe(true)
  })

  it('does not know who is new where the past was cut off', async () => {
    const whole = repositoryOf([{ by: mona }, { by: ada }, { by: mona }])
    const folder = `${whole}/shallow.git`
    git(whole, 'clone', '--quiet', '--bare', '--depth=1', `file://${whole}`, folder)
    const { commits, authors, months } = await summaryOf(folder)
    expect(commits).toBe(1)
    expect(authors).toMatchObject({ total: 1, new: null, returning: null })
    expect(months).toEqual([{ month: '2026-01', commits: 1, newAuthors: null }])
  })
})

/** git starts what `gpg.program` names to check this one, where a log shows signatures. */
function signedCommit(folder: string): string {
  return [
    `tree ${git(folder, 'rev-parse', 'c0^{tree}')}`,
    `parent ${git(folder, 'rev-parse', 'c0')}`,
    `author ${mona} 1767225700 +0000`,
    `committer ${mona} 1767225700 +0000`,
    'gpgsig -----BEGIN PGP SIGNATURE-----',
    ' ',
    ' c2lnbmVk',
    ' -----END PGP SIGNATURE-----',
    '',
    'Signed',
    '',
  ].join('\n')
}
