import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { emptyFolder, git, repositoryOf } from '../git/repository-of.ts'
import { outputOf } from './output-of.ts'

afterEach(() => void vi.unstubAllEnvs())

const mona = 'Mona Lisa <mona@lab.dev>'
const ada = 'Ada Byron <ada@lab.dev>'

const project = () =>
  repositoryOf([
    { by: mona, at: '2026-01-01T12:00:00Z' },
    { by: mona, at: '2026-01-02T12:00:00Z' },
    { by: 'Mona Lisa <mona@home.dev>', at: '2026-01-03T12:00:00Z' },
    { by: ada, at: '2026-01-04T12:00:00Z' },
  ])

async function reportOf(...rawArgs: string[]) {
  const { exitCode, out, error } = await outputOf('report', ...rawArgs, '--format', 'json')
  expect({ exitCode, error }).toEqual({ exitCode: 0, error: '' })
  return JSON.parse(out)
}

describe('a report on a clone', () => {
  it('is on the whole history if nothing else is asked for, with the last 90 days beside it', async () => {
    const report = await reportOf(project())
    expect(report).toMatchObject({
      window: { from: '2026-01-01T12:00:00.000Z', to: '2026-01-04T12:00:01.000Z' },
      commits: 4,
      authors: { total: 2, new: 2, returning: 0, bots: 0 },
      contributorAbsenceFactor: 1,
      months: [{ month: '2026-01', commits: 4, newAuthors: 2 }],
      completeness: { shallow: false, roots: 1 },
    })
    expect(report.areas).toHaveLength(4)
    const days =
      (Date.parse(report.recent.window.to) - Date.parse(report.recent.window.from)) / 864e5
    expect(days).toBe(90)
  })

  it('says by what signatures were joined, and shows no address', async () => {
    const report = await reportOf(project())
    expect(report.joined).toEqual([
      { name: 'Mona Lisa', signatures: 2, evidence: [{ by: 'name', value: 'mona lisa' }] },
    ])
    expect(JSON.stringify(report)).not.toContain('@')
  })

  it.each([
    ['revisions', ['--from', 'c1', '--to', 'c3'], { commits: 2, new: 1, returning: 1 }],
    ['dates', ['--from', '2026-01-03', '--to', '2026-01-04'], { commits: 1, new: 0, returning: 1 }],
    ['an instant', ['--from', '2026-01-04T13:00:00+01:00'], { commits: 1, new: 1, returning: 0 }],
    ['the end alone', ['--to', 'c1'], { commits: 2, new: 1, returning: 0 }],
    [
      'a revision and a date',
      ['--from', 'c0', '--to', '2026-01-03'],
      { commits: 1, new: 0, returning: 1 },
    ],
  ])('takes %s', async (_, args, { commits, ...authors }) => {
    expect(await reportOf(project(), ...args)).toMatchObject({ commits, authors })
  })

  it('shows zero as zero and unknown as a dash where nothing happened', async () => {
    const report = await reportOf(project(), '--from', 'HEAD', '--to', 'HEAD')
    expect(report).toMatchObject({
      commits: 0,
      authors: { total: 0, new: 0, returning: 0, bots: 0 },
      contributorAbsenceFactor: null,
    })
    const { out } = await outputOf('report', project(), '--from', 'HEAD', '--to', 'HEAD')
    expect(out).toMatch(/\| Authors \| 0 \|/)
    expect(out).toMatch(/half of the commits \| – \|/)
  })

  it('says that a shallow clone cannot tell who is new', async () => {
    const folder = join(emptyFolder(), 'shallow')
    git('.', 'clone', '--quiet', '--depth=1', `file://${project()}`, folder)
    const { exitCode, out } = await outputOf('report', folder)
    expect(exitCode).toBe(0)
    expect(out).toMatch(/… new \| – \|.*The clone is shallow/s)
    expect(await reportOf(folder)).toMatchObject({ completeness: { shallow: true, roots: null } })
  })

  it('is plain text whatever strangers call their folders', async () => {
    const folder = repositoryOf([{ by: mona, path: '@octocat | #1/`x`/file.ts' }])
    const { out } = await outputOf('report', folder)
    expect(out).toContain('Where')
    expect(out).not.toMatch(/@octocat|#1/)
  })
})

describe('what a report cannot be made of is told', () => {
  const folders = {
    'no folder': () => join(emptyFolder(), 'none'),
    'no repository': emptyFolder,
    'an empty repository': () => repositoryOf([]),
    'a folder inside a clone': () => {
      const inside = join(project(), 'inside')
      mkdirSync(inside)
      return inside
    },
  }
  it.each([
    ['no folder', [], 'There is no folder'],
    ['no repository', [], 'is no git repository'],
    ['an empty repository', [], 'has no commits'],
    ['a folder inside a clone', [], 'is a folder inside a repository'],
  ] as const)('%s', async (name, args, message) => {
    const { exitCode, out, error } = await outputOf('report', folders[name](), ...args)
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' })
    expect(error).toContain(message)
  })

  it.each([
    [['elsewhere'], 'One folder or repository at a time'],
    [['--from', 'v9.9'], '--from: "v9.9" is no date, no instant and no revision'],
    [['--to=--all'], '--to: "--all" is no date'],
    [['--from', '2026-02-30'], 'there is no such time as 2026-02-30'],
    [['--from', '2026-02-02', '--to', '2026-02-02'], 'is not before --to 2026-02-02'],
  ])('%j', async (args, message) => {
    const { exitCode, out, error } = await outputOf('report', project(), ...args)
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' })
    expect(error).toContain(message)
  })

  it('a machine without git', async () => {
    const folder = project()
    vi.stubEnv('PATH', emptyFolder())
    const { exitCode, error } = await outputOf('report', folder)
    expect([exitCode, error]).toEqual([1, expect.stringContaining('git is not installed')])
  })
})
