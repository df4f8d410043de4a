import { describe, expect, it } from 'vitest'
import type { Commit } from '../../src/events/commit.ts'
import { countCommits, type NewCommitsRange, newCommits } from '../../src/git/new-commits.ts'
import { commitNamed, openRepository } from '../../src/git/repository.ts'
import { git, gitReading, repositoryOf } from './repository-of.ts'

const mona = 'Mona Lisa <mona@lab.dev>'

async function read(
  folder: string,
  { tip = 'HEAD', base = null }: { tip?: string; base?: string | null } = {},
  { skip = 0, batch = 100 } = {},
): Promise<Commit[][]> {
  const repository = await openRepository({ folder, environment: process.env })
  const named = async (revision: string) => (await commitNamed(repository, revision)) ?? 'none'
  const range: NewCommitsRange = {
    tip: await named(tip),
    base: base === null ? null : await named(base),
  }
  const batches: Commit[][] = []
  for await (const commits of newCommits(repository, range, { skip, batch })) batches.push(commits)
  expect(await countCommits(repository, range)).toBe(batches.flat().length + skip)
  return batches
}

describe('new commits', () => {
  it('are told as facts are made of them: committer’s time, author and paths', async () => {
    const message = 'Title\n\nBody\n\nCo-authored-by: Ada <ada@lab.dev>\n'
    const folder = repositoryOf([
      { by: mona, at: '2026-03-04T05:06:07Z', message, path: 'src/a b/ü "x".ts' },
    ])
    const [[commit] = []] = await read(folder)
    expect(commit).toEqual({
      sha: git(folder, 'rev-parse', 'HEAD'),
      occurredAt: new Date('2026-03-04T05:06:07Z'),
      message,
      author: { name: 'Mona Lisa', email: 'mona@lab.dev', username: null },
      paths: ['src/a b/ü "x".ts'],
    })
  })

  it('are those that only the newer of two commits reaches, from side branches too', async () => {
    const folder = repositoryOf([
      { by: mona },
      { by: mona, parents: [0], path: 'side' },
      { by: mona, parents: [0], path: 'main' },
      { by: mona, parents: [2, 1], path: 'merged' },
    ])
    const commits = (await read(folder, { tip: 'c3', base: 'c2' })).flat()
    expect(commits.map(({ sha }) => sha)).toEqual([
      git(folder, 'rev-parse', 'c3'),
      git(folder, 'rev-parse', 'c1'),
    ])
    expect(commits.map(({ paths }) => paths)).toEqual([[], ['side']])
    expect(await read(folder, { tip: 'c1', base: 'c3' })).toEqual([])
  })

  it('come in batches, and go on where one ended', async () => {
    const made = Array.from({ length: 7 }, (_, second) => ({ by: mona, message: `${second}` }))
    const folder = repositoryOf(made)
    const titles = (batches: Commit[][]) =>
      batches.map((commits) => commits.map(({ message }) => message.trim()).join(''))
    expect(titles(await read(folder, {}, { batch: 3 }))).toEqual(['654', '321', '0'])
    expect(titles(await read(folder, {}, { batch: 3, skip: 2 }))).toEqual(['432', '10'])
    expect(await read(folder, {}, { skip: 7 })).toEqual([])
  })

  it('may be empty, unnamed, hostile, of any time and of several beginnings', async () => {
    const folder = repositoryOf([
      { by: '<nobody@lab.dev>', message: '' },
      { by: '"; $(x) | <a@x.dev>', message: '\u001e%H\n\n\n--- a/x', parents: [] },
      { by: mona, parents: [0, 1], message: '' },
    ])
    const empty = gitReading(
      `tree ${git(folder, 'rev-parse', 'c2^{tree}')}\nparent ${git(folder, 'rev-parse', 'c2')}\nauthor  <> 99999999999999 +0000\ncommitter  <> 99999999999999 +0000\n\n`,
      folder,
      ...['hash-object', '-w', '-t', 'commit', '--stdin', '--literally'],
    )
    const commits = (await read(folder, { tip: empty })).flat()
    expect(commits.map(({ sha }) => sha)).toHaveLength(4)
    expect(commits.map(({ author }) => author.email).sort()).toEqual([
      '',
      'a@x.dev',
      'mona@lab.dev',
      'nobody@lab.dev',
    ])
    expect(commits.map(({ paths }) => paths.length)).toEqual([0, 0, 1, 1])
    expect(commits[0]?.occurredAt).toEqual(new Date('9999-01-01'))
  })

  it('have the author that the commit names, whatever .mailmap says', async () => {
    const mailmap = { '.mailmap': 'Ada Byron <ada@lab.dev> <mona@lab.dev>\n' }
    const [[commit] = []] = await read(repositoryOf([{ by: mona }], mailmap))
    expect(commit?.author.email).toBe('mona@lab.dev')
  })
})
