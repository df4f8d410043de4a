import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { divergences, type ForkDivergence } from '../../../src/git/forks/divergence.ts'
import type { FetchBlobs } from '../../../src/git/forks/patch-ids.ts'
import { readUpstream, type UpstreamHeads } from '../../../src/git/forks/upstream.ts'
import { fetchObjects, fetchRefs, openMirror } from '../../../src/git/mirror.ts'
import { type GitRepository, openRepository } from '../../../src/git/repository.ts'
import { emptyFolder, git } from '../repository-of.ts'
import { type Edit, edited } from './edits.ts'
import { makeNetwork } from './fork-network.ts'
import { MadeHistory } from './made-history.ts'
import { Reference } from './reference.ts'

const mona = 'Mona Lisa <mona@lab.dev>'

/** A history that grows by edits; `at` names commits by the letters that made them. */
function project() {
  const history = new MadeHistory()
  const places = new Map<string, number>()
  const commit = (
    name: string,
    parents: readonly string[],
    edits: readonly Edit[],
    { message = name, author = mona } = {},
  ) => {
    const parentPlaces = parents.map((parent) => places.get(parent) ?? -1)
    const tree = edited(history.treeOf(parentPlaces[0] ?? -1), edits)
    places.set(name, history.commit({ parents: parentPlaces, tree, message, author }))
    history.refs.set(`refs/forks/1/${name}`, places.get(name) ?? -1)
  }
  const write = (folder = emptyFolder()) => {
    const ids = history.write(folder)
    return { folder, at: (name: string) => ids[places.get(name) ?? -1] ?? '' }
  }
  return { commit, write }
}

const add = (path: string, text = path): Edit => ({ kind: 'add', path, text })
const lines = (count: number) => Array.from({ length: count }, (_, line) => `line ${line}`)
const append = (path: string, after: string, line: string): Edit => ({
  ...{ kind: 'insert', path, after, line },
})

const opened = (folder: string) => openRepository({ folder, environment: process.env })

interface Asked {
  upstream: UpstreamHeads
  /** fork → its heads */
  forks: Record<string, string[]>
  fetchBlobs?: FetchBlobs
}

async function told(repository: GitRepository, { upstream, forks, fetchBlobs }: Asked) {
  const known = await readUpstream(repository, upstream)
  const asked = Object.entries(forks).map(([id, shas]) => ({
    id,
    heads: shas.map((sha, index) => ({ branch: `b${index}`, sha })),
  }))
  const answers: ForkDivergence[] = []
  for await (const fork of divergences(repository, known, asked, fetchBlobs)) answers.push(fork)
  return answers
}

describe('a made network', () => {
  it('is told as git and a comparison of patches tell it, fork by fork', async () => {
    const network = makeNetwork({ folder: emptyFolder(), forks: 30, seed: 11 })
    const repository = await opened(network.folder)
    const upstream = await readUpstream(repository, network)
    const reference = new Reference(network)
    const found = []
    const expected = []
    for await (const { id, heads } of divergences(repository, upstream, network.forks)) {
      for (const { branch, sha, ahead, behind, mergeBase, originalCommits, problem } of heads) {
        found.push({ id, branch, ahead, behind, mergeBase, original: originalCommits })
        const none = { ahead: null, behind: null, mergeBase: null, original: null }
        expected.push({ id, branch, ...(problem === null ? reference.of(sha) : none) })
      }
    }
    expect(found).toEqual(expected)
    const missing = network.forks.filter(({ life }) => life === 'missing')
    expect(expected.filter(({ ahead }) => ahead === null)).toHaveLength(missing.length)
  })

  it('costs upstream once: what is known is brought up to date, also after a force push', async () => {
    const network = makeNetwork({ folder: emptyFolder(), forks: 30, seed: 5 })
    const repository = await opened(network.folder)
    const abandoned = network.forks.find(({ life }) => life === 'work')?.heads[0]?.sha ?? ''
    const before = git(network.folder, 'rev-parse', 'main~20')
    const early = await readUpstream(repository, { tip: abandoned, heads: [before] })
    const { length: known } = early.commits
    const late = await readUpstream(repository, network, early)
    expect(late.commits.length).toBeGreaterThan(known)
    const tell = async (upstream: typeof late) => {
      const answers = []
      for await (const fork of divergences(repository, upstream, network.forks)) answers.push(fork)
      return answers
    }
    expect(await tell(late)).toEqual(await tell(await readUpstream(repository, network)))
  })
})

describe('what a fork has made', () => {
  it('is told with its people, places and times, over all branches and each commit once', async () => {
    const { commit, write } = project()
    commit('base', [], [add('README.md')])
    commit('a', ['base'], [add('kernels/rocm/attention.cu')], {
      message: 'Add attention\n\nFor ROCm',
    })
    commit('b', ['a'], [append('README.md', 'README.md', 'more')], { author: 'M <mona@lab.dev>' })
    const trailer = 'Co-authored-by: Ada Byron <ada@lab.dev>'
    commit('c', ['a'], [add('kernels/rocm/norm.cu')], { message: `Add norm\n\n${trailer}` })
    commit('d', ['c'], [add('bot.txt')], { author: 'dependabot[bot] <d@x.dev>' })
    const { folder, at } = write()
    const upstream = { tip: at('base'), heads: [] }
    const [fork] = await told(await opened(folder), { upstream, forks: { 1: [at('b'), at('d')] } })
    expect(fork?.heads.map(({ originalCommits }) => originalCommits)).toEqual([2, 3])
    expect(fork?.work).toMatchObject({
      originalCommits: 4,
      areas: ['kernels/rocm/'],
      authors: { total: 1, bots: 1, ai: 0 },
      contributors: { total: 2, bots: 1, ai: 0 },
      firstAt: new Date('2023-11-14T22:14:20Z'),
      lastAt: new Date('2023-11-14T22:17:20Z'),
    })
    expect(fork?.work?.subjects.toSorted()).toEqual(['Add attention', 'Add norm', 'b', 'd'])
    expect(JSON.stringify(fork)).not.toContain('@')
  })

  it('is nothing where GitHub knows that a squash took it, and that squash is upstream', async () => {
    const { commit, write } = project()
    commit('base', [], [add('a.py', lines(9).join('\n'))])
    commit('own', ['base'], [append('a.py', 'line 4', 'new')])
    commit('taken', ['base'], [append('a.py', 'line 4', 'new, but better')])
    const { folder, at } = write()
    const repository = await opened(folder)
    const forks = { 1: [at('own')] }
    const squashes = new Map([[at('taken'), at('own')]])
    const originalsWith = async (upstream: UpstreamHeads) =>
      (await told(repository, { upstream, forks }))[0]?.heads[0]?.originalCommits
    expect(await originalsWith({ tip: at('taken'), heads: [] })).toBe(1)
    expect(await originalsWith({ tip: at('taken'), heads: [], squashes })).toBe(0)
    expect(await originalsWith({ tip: at('base'), heads: [], squashes })).toBe(1)
  })

  it('is nothing that another branch of upstream has, even if it changes nothing', async () => {
    const { commit, write } = project()
    commit('base', [], [add('a.py')])
    commit('empty', ['base'], [])
    commit('own', ['empty'], [])
    const { folder, at } = write()
    const upstream = { tip: at('base'), heads: [at('empty')] }
    const [fork] = await told(await opened(folder), { upstream, forks: { 1: [at('own')] } })
    expect(fork?.heads).toMatchObject([{ ahead: 2, originalCommits: 1 }])
  })

  it('is found again where history was written anew', async () => {
    const { commit, write } = project()
    commit('1', [], [add('a.py', lines(9).join('\n'))])
    commit('2', ['1'], [append('a.py', 'line 2', 'two')])
    commit('3', ['2'], [append('a.py', 'line 7', 'three')])
    commit("2'", [], [add('b.py'), add('a.py', ['longer', ...lines(9)].join('\n'))])
    commit("3'", ["2'"], [append('a.py', 'line 7', 'three')])
    commit('copy', [], [add('a.py', lines(9).join('\n'))], { message: 'Import' })
    commit('own', ['copy'], [add('c.py')])
    commit('other', [], [add('d.py')])
    const { folder, at } = write()
    const heads = ["3'", 'own', 'other'].map(at)
    const upstream = { tip: at('3'), heads: [] }
    const [fork] = await told(await opened(folder), { upstream, forks: { 1: heads } })
    expect(fork?.heads).toMatchObject([
      {
        ...{ mergeBase: null, ahead: 2, behind: 3, originalCommits: 1 },
        relation: { patches: 3, shared: 1, copyOf: null },
      },
      { originalCommits: 1, relation: { patches: 3, shared: 1, copyOf: at('1') } },
      { originalCommits: 1, relation: { patches: 3, shared: 0, copyOf: null } },
    ])
  })
})

describe('what is damaged or missing', () => {
  it('costs a head its numbers, with a reason, and no other head anything', async () => {
    const { commit, write } = project()
    commit('base', [], [add('a.py')])
    commit('gone', ['base'], [add('b.py')])
    commit('bad', ['gone'], [add('c.py')])
    commit('good', ['base'], [add('d.py')])
    commit('treeless', ['base'], [add('deep/e.py')])
    const { folder, at } = write()
    for (const id of [at('gone'), git(folder, 'rev-parse', `${at('treeless')}^{tree}`)]) {
      removeObject(folder, id)
    }
    const answers = await told(await opened(folder), {
      upstream: { tip: at('base'), heads: ['f'.repeat(40)] },
      forks: {
        1: [at('bad'), at('good')],
        2: ['e'.repeat(40)],
        3: [at('treeless')],
        4: [git(folder, 'rev-parse', `${at('base')}^{tree}`)],
        5: [at('good')],
      },
    })
    const good = { ahead: 1, behind: 0, originalCommits: 1, problem: null }
    const bad = { ahead: null, behind: null, mergeBase: null, originalCommits: null }
    expect(answers.map(({ heads }) => heads)).toMatchObject([
      [{ ...bad, problem: expect.stringContaining(at('gone')) }, good],
      [{ ...bad, problem: expect.stringContaining('no commit') }],
      [bad],
      [{ ...bad, problem: expect.stringContaining('no commit') }],
      [good],
    ])
    expect(answers.map(({ work }) => work?.originalCommits ?? null)).toEqual([
      1,
      null,
      null,
      null,
      1,
    ])
  })

  it('of upstream itself is told at once', async () => {
    const { commit, write } = project()
    commit('base', [], [add('a.py')])
    commit('tip', ['base'], [add('b.py')])
    const { folder, at } = write()
    removeObject(folder, at('base'))
    const reading = readUpstream(await opened(folder), { tip: at('tip'), heads: [] })
    await expect(reading).rejects.toThrow(at('base'))
  })
})

describe('a partial clone', () => {
  async function partial() {
    const { commit, write } = project()
    commit('base', [], [add('a.py', lines(30).join('\n')), add('b.py', lines(30).join('\n'))])
    commit('tip', ['base'], [append('a.py', 'line 3', 'upstream')])
    commit('picked', ['tip'], [append('a.py', 'line 20', 'pick me')])
    commit('own', ['base'], [append('a.py', 'line 20', 'pick me')])
    commit('more', ['own'], [append('b.py', 'line 20', 'mine')])
    const { folder, at } = write()
    git(folder, 'config', 'uploadpack.allowFilter', 'true')
    const source = { folder }
    const mirror = await openMirror({
      ...{ dataDirectory: emptyFolder(), repositoryId: 1, environment: process.env },
    })
    await fetchRefs(mirror, { source, refspecs: ['+refs/forks/*:refs/forks/*'] })
    return {
      mirror,
      source,
      upstream: { tip: at('picked'), heads: [] },
      forks: { 1: [at('more')] },
    }
  }

  it('counts without the contents of files, and says what hangs on them', async () => {
    const { mirror, ...asked } = await partial()
    const [fork] = await told(mirror, asked)
    expect(fork?.heads).toMatchObject([
      {
        ...{ ahead: 2, behind: 2, originalCommits: null },
        problem: expect.stringContaining('content of files'),
      },
    ])
    expect(fork?.work).toBeNull()
  })

  it('is told once which contents are needed, and no others', async () => {
    const { mirror, source, ...asked } = await partial()
    const requests: number[] = []
    const fetchBlobs = async (objects: readonly string[]) => {
      requests.push(objects.length)
      await fetchObjects(mirror, { source, objects })
    }
    const [fork] = await told(mirror, { ...asked, fetchBlobs })
    expect(fork?.heads).toMatchObject([{ ahead: 2, originalCommits: 1, problem: null }])
    // a.py before and after the fork's commit, and before and after both of upstream's.
    expect(requests).toEqual([4])
    await told(mirror, { ...asked, fetchBlobs })
    expect(requests).toEqual([4])
  })
})

/** A few objects are not packed. */
function removeObject(folder: string, id: string): void {
  rmSync(join(folder, 'objects', id.slice(0, 2), id.slice(2)))
}
