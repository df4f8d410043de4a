import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ForkComparison } from '../../src/report/json/forks.ts'
import { emptyFolder, git, repositoryOf } from '../git/repository-of.ts'
import { double } from '../sandbox/double.ts'
import { outputOf } from './output-of.ts'

afterEach(() => void vi.unstubAllEnvs())

const mona = 'Mona Lisa <mona@lab.dev>'
const ada = 'Ada Byron <ada@lab.dev>'

const upstreamFolder = () => {
  const folder = repositoryOf([{ by: mona }, { by: mona }, { by: ada }])
  git(folder, 'reset', '--quiet', '--hard')
  return folder
}

/** A clone to work in, with an author of its own. */
function forkOf(upstream: string, from = 'HEAD'): string {
  const folder = join(emptyFolder(), 'fork')
  git('.', 'clone', '--quiet', upstream, folder)
  git(folder, 'reset', '--quiet', '--hard', from)
  return folder
}

function commit(folder: string, path: string, message = `Add ${path}`): string {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), `${path}\n`)
  git(folder, 'add', '.')
  const author = ['-c', 'user.name=Ada Byron', '-c', 'user.email=ada@lab.dev']
  git(folder, ...author, 'commit', '--quiet', '--message', message)
  return git(folder, 'rev-parse', 'HEAD')
}

const forkArguments = (forks: readonly string[]) => forks.flatMap((fork) => ['--fork', fork])

async function comparisonOf(upstream: string, ...forks: string[]) {
  const args = ['forks', upstream, ...forkArguments(forks), '--format', 'json']
  const { exitCode, out, error } = await outputOf(...args)
  expect({ exitCode, error }).toEqual({ exitCode: 0, error: '' })
  const rows = JSON.parse(out)
  expect(ForkComparison.encode(ForkComparison.parse(rows))).toEqual(rows)
  return rows
}

describe('forks of a clone', () => {
  it('are told one by one, in the order in which they were named', async () => {
    const upstream = upstreamFolder()
    const [mirror, untouched, patched] = [
      forkOf(upstream),
      forkOf(upstream, 'HEAD~1'),
      forkOf(upstream, 'HEAD~2'),
    ]
    const base = git(patched, 'rev-parse', 'HEAD')
    commit(patched, 'kernels/rocm/attention.cu')
    commit(patched, 'kernels/rocm/norm.cu')
    const tip = git(upstream, 'rev-parse', 'HEAD')
    const before = git(upstream, 'rev-parse', 'HEAD~1')
    const url = pathToFileURL(patched).href
    expect(await comparisonOf(upstream, mirror, untouched, url)).toMatchObject([
      { name: mirror, ahead: 0, behind: 0, originalCommits: 0, mergeBase: tip, state: 'mirror' },
      { ahead: 0, behind: 1, originalCommits: 0, mergeBase: before, state: 'untouched' },
      {
        ...{ name: url, ahead: 2, behind: 2, originalCommits: 2, mergeBase: base },
        ...{ state: 'patched', because: 'it has 2 original commits', problem: null },
        work: { areas: ['kernels/rocm/'], authors: { total: 1, bots: 0, ai: 0 } },
      },
    ])
  })

  it('count with what they have on other branches', async () => {
    const upstream = upstreamFolder()
    const fork = forkOf(upstream)
    git(fork, 'checkout', '--quiet', '-b', 'feature/int4')
    commit(fork, 'src/int4.py')
    git(fork, 'checkout', '--quiet', 'main')
    expect(await comparisonOf(upstream, fork)).toMatchObject([
      {
        ...{ ahead: 0, originalCommits: 0, state: 'patched' },
        otherBranches: [{ branch: 'feature/int4', ahead: 1, originalCommits: 1 }],
      },
    ])
  })

  it('are synced where upstream has picked or merged all of it', async () => {
    const upstream = upstreamFolder()
    const fork = forkOf(upstream)
    const picked = commit(fork, 'src/new.py')
    commit(upstream, 'src/other.py')
    git(upstream, 'fetch', '--quiet', fork)
    const author = ['-c', 'user.name=Mona', '-c', 'user.email=mona@lab.dev']
    git(upstream, ...author, 'cherry-pick', picked)
    expect(await comparisonOf(upstream, fork)).toMatchObject([
      { ahead: 1, behind: 2, originalCommits: 0, state: 'synced' },
    ])
  })

  it('have no numbers without a common ancestor, but what they share is found', async () => {
    const upstream = upstreamFolder()
    const copy = join(emptyFolder(), 'copy')
    git('.', 'init', '--quiet', copy)
    git(copy, 'fetch', '--quiet', upstream, 'main')
    git(copy, 'read-tree', '-u', '--reset', 'FETCH_HEAD')
    const author = ['-c', 'user.name=Ada', '-c', 'user.email=ada@lab.dev']
    git(copy, ...author, 'commit', '--quiet', '--message', 'Import')
    commit(copy, 'src/mine.py')
    const stranger = repositoryOf([{ by: ada, path: 'poem.txt' }])
    const none = { ahead: null, behind: null, originalCommits: null, mergeBase: null }
    const [copied, unrelated] = await comparisonOf(upstream, copy, stranger)
    const copyOf = git(upstream, 'rev-parse', 'HEAD')
    expect(copied).toMatchObject({ ...none, state: 'diverged', relation: { copyOf } })
    expect(copied.work).toMatchObject({ originalCommits: 1, areas: ['src/'] })
    expect(unrelated).toMatchObject({ ...none, state: 'unrelated' })
  })

  it('that do the same are told together, whatever strangers call their things', async () => {
    const upstream = upstreamFolder()
    const forks = [forkOf(upstream), forkOf(upstream)] as const
    commit(forks[0], 'kernels/rocm/a.cu', 'Speed up @octocat #1')
    commit(forks[1], 'kernels/rocm/b.cu')
    commit(forks[1], '@octocat | #1/`x`/file.ts')
    const [first] = await comparisonOf(upstream, ...forks)
    expect(first.themes).toMatchObject([
      { kind: 'hardware backend', name: 'ROCm', forks: forks.toSorted(), words: ['rocm'] },
    ])
    const { out } = await outputOf('forks', upstream, ...forkArguments(forks))
    expect(out).toContain('ROCm (hardware backend)')
    expect(out).toContain('2 of 2 forks have work of their own')
    expect(out).not.toMatch(/@octocat|#1/)
  })

  it('leave the clone and themselves as they are', async () => {
    const upstream = upstreamFolder()
    const fork = forkOf(upstream)
    commit(fork, 'src/new.py')
    const state = (folder: string) =>
      git(folder, 'for-each-ref') + git(folder, 'count-objects', '-v') + git(folder, 'status', '-s')
    const before = [upstream, fork].map(state)
    await comparisonOf(upstream, fork)
    expect([upstream, fork].map(state)).toEqual(before)
    expect(existsSync(join(upstream, '.git', 'FETCH_HEAD'))).toBe(false)
  })
})

describe('a fork at an address', () => {
  it('is fetched without files but those that patches hang on, and without the clone being changed', async () => {
    const { github } = await double()
    const clone = join(emptyFolder(), 'model')
    // The server is in this process, so it must not stand still.
    await promisify(execFile)('git', ['clone', '--quiet', `${github.url}/octo/model.git`, clone])
    const { fullName } = await github.fork('octo/model', { owner: 'ada' })
    const files = [{ filename: 'src/rope/scale.py' }]
    await github.push(fullName, { by: 'ada', commits: [{ files }, { files }] })
    commit(clone, 'src/rope/scale.py')
    const url = `${github.url}/${fullName}.git`
    expect(await comparisonOf(clone, url)).toMatchObject([
      { name: url, ahead: 2, behind: 1, originalCommits: 2, work: { areas: ['src/rope/'] } },
    ])
  })

  it("is opened with a person's token where it is GitHub's own, and the token stays unseen", async () => {
    const { github, installationToken } = await double()
    github.addRepository('octo', 'secret', { private: true })
    await github.push('octo/secret', { by: 'mona' })
    const url = `${github.url}/octo/secret.git`
    const refused = await outputOf('forks', upstreamFolder(), '--fork', url)
    expect(refused).toMatchObject({ exitCode: 1, out: '' })
    expect(refused.error).toContain(`--fork ${url}`)
    const token = await installationToken()
    vi.stubEnv('GITHUB_TOKEN', token)
    vi.stubEnv('GHE_HOST', new URL(url).host)
    const { exitCode, out, error } = await outputOf('forks', upstreamFolder(), '--fork', url)
    expect(exitCode).toBe(0)
    expect(out + error).toContain('it is no fork of it')
    expect(out + error).not.toContain(token)
  })
})

describe('what forks cannot be told of', () => {
  const cases: [string, () => string[], string][] = [
    ['no fork', () => [upstreamFolder()], 'No fork was named'],
    [
      'a name on GitHub beside named forks',
      () => ['octocat/engine', '--fork', '.'],
      'There is no folder "octocat/engine"',
    ],
    ['a limit of a clone', () => [upstreamFolder(), '--fork', '.', '--limit', '3'], 'is a folder'],
    ['no number of forks', () => ['octocat/engine', '--limit', 'all'], 'is no number of forks'],
    ['both ends of a network', () => ['octocat/engine', '--root', '--this'], 'exclude each other'],
    ['two clones', () => [upstreamFolder(), 'other'], 'One folder or repository at a time'],
    ['no clone', () => [emptyFolder(), '--fork', '.'], 'is no git repository'],
    ['an empty clone', () => [repositoryOf([]), '--fork', upstreamFolder()], 'has no commits'],
    [
      'a fork that is no folder',
      () => [upstreamFolder(), '--fork', 'nowhere'],
      '--fork "nowhere" is no folder and no address',
    ],
    [
      'a fork that is no repository',
      () => [upstreamFolder(), '--fork', emptyFolder()],
      'is no git repository',
    ],
    [
      'a fork without commits',
      () => [upstreamFolder(), '--fork', repositoryOf([])],
      'has no commits on its default branch',
    ],
    [
      'an address that nobody answers at',
      () => [upstreamFolder(), '--fork', 'http://127.0.0.1:9/octocat/engine.git'],
      'cannot be reached',
    ],
    [
      'an address that would show the network what is fetched',
      () => [upstreamFolder(), '--fork', 'http://git.example/octocat/engine.git'],
      'not encrypted',
    ],
    [
      'a shallow fork',
      () => {
        const upstream = upstreamFolder()
        const shallow = join(emptyFolder(), 'shallow')
        git('.', 'clone', '--quiet', '--depth=1', `file://${upstream}`, shallow)
        return [upstream, '--fork', shallow]
      },
      'is a shallow clone',
    ],
  ]
  it.each(cases)('%s', async (_, args, message) => {
    const { exitCode, out, error } = await outputOf('forks', ...args())
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' })
    expect(error).toContain(message)
  })
})
