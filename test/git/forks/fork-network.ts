import { type Seeded, seeded } from '../../../src/sandbox/story/seeded.ts'
import { type Edit, edited, isSameTree, type Tree } from './edits.ts'
import { MadeHistory } from './made-history.ts'

/** What a made fork does with its life; its head is whatever comes of it. */
const lives = [
  'nothing',
  'work',
  'work and merges',
  'picked',
  'squashed',
  'squashed in part',
  'squashed with merges',
  'squashed otherwise',
  'rebased',
  'rewritten',
  'copied',
  'branches',
  'crossed',
  'oddities',
  'missing',
] as const
export type Life = (typeof lives)[number]

export interface MadeFork {
  id: string
  life: Life
  heads: { branch: string; sha: string }[]
}

/** A repository that holds upstream and its forks, as a mirror of the network would. */
export interface MadeNetwork {
  folder: string
  tip: string
  /** other branches and heads of merged pull requests */
  heads: string[]
  /** squash → head of its pull request */
  squashes: Map<string, string>
  forks: MadeFork[]
}

interface Options {
  folder: string
  forks: number
  seed: number
}

/** Makes a network of real git objects, the same for the same seed. */
export function makeNetwork({ folder, forks, seed }: Options): MadeNetwork {
  const making = new NetworkMaking(seed)
  const steps = Math.max(60, Math.ceil(forks / 2))
  const made: { id: string; life: Life; branches: Map<string, number | null> }[] = []
  for (let step = 0; step < steps; step += 1) {
    making.upstreamMovesOn()
    while (made.length < ((step + 1) * forks) / steps) {
      const life = lives[made.length % lives.length] ?? 'work'
      made.push({ id: String(made.length + 1), life, branches: making.fork(life) })
    }
  }
  making.upstreamMovesOn()
  const { history, upstream } = making
  history.refs.set('refs/heads/main', upstream.main)
  history.refs.set('refs/heads/release', upstream.release)
  for (const { id, branches } of made) {
    for (const [branch, place] of branches) {
      if (place !== null) history.refs.set(`refs/forks/${id}/${branch}`, place)
    }
  }
  const ids = history.write(folder)
  const idOf = (place: number) => ids[place] ?? ''
  return {
    folder,
    tip: idOf(upstream.main),
    heads: [upstream.release, ...upstream.merged].map(idOf),
    squashes: new Map([...upstream.squashes].map(([by, head]) => [idOf(by), idOf(head)])),
    forks: made.map(({ id, life, branches }) => ({
      id,
      life,
      heads: [...branches].map(([branch, place]) => ({
        branch,
        sha: place === null ? id.padStart(40, 'e') : idOf(place),
      })),
    })),
  }
}

const people = ['Mona Lisa <mona@lab.dev>', 'Ada Byron <ada@lab.dev>', 'New One <n@x.dev>'] as const

class NetworkMaking {
  readonly history = new MadeHistory()
  readonly upstream = {
    main: -1,
    release: -1,
    merged: [] as number[],
    squashes: new Map<number, number>(),
  }
  readonly #chance: Seeded
  /** what upstream will take over when it next moves on */
  readonly #accepted: { edits: readonly Edit[]; squashOf?: number }[] = []
  #names = 0

  constructor(seed: number) {
    this.#chance = seeded(seed)
    const start: Edit[] = ['src/core/main.py', 'src/kernels/gemm.cu', 'docs/guide.md'].map(
      (path) => ({
        kind: 'add',
        path,
        text: Array.from({ length: 60 }, (_, line) => `${path} line ${line}`).join('\n'),
      }),
    )
    const tree = edited(new Map(), start)
    this.upstream.main = this.#commit([], tree, 'Begin')
    this.upstream.release = this.upstream.main
  }

  upstreamMovesOn(): void {
    const { history, upstream } = this
    const take = (edits: readonly Edit[], message: string) =>
      this.#commit([upstream.main], edited(history.treeOf(upstream.main), edits), message)
    for (const { edits, squashOf } of this.#accepted.splice(0)) {
      upstream.main = take(edits, 'Take over')
      if (squashOf !== undefined) upstream.squashes.set(upstream.main, squashOf)
    }
    const before = upstream.main
    upstream.main = take([this.#edit(before)], 'Go on')
    if (this.#chance.whole(1, 5) === 1) {
      const topic = this.#work(before, 2)
      upstream.main = this.#merge(upstream.main, topic.head, topic.edits)
    }
    if (this.#chance.whole(1, 6) === 1) {
      upstream.release = this.#work(upstream.release, 1).head
    }
  }

  /** Branch → its commit; null for one that was never fetched. */
  fork(life: Life): Map<string, number | null> {
    const { main } = this.upstream
    const { head, edits, each } = this.#work(main, this.#chance.whole(2, 5))
    const only = (place: number | null) => new Map([['main', place]])
    switch (life) {
      case 'nothing':
        return only(main)
      case 'work':
        return only(head)
      case 'missing':
        return new Map([
          ['main', null],
          ['dev', head],
        ])
      case 'work and merges':
        return only(this.#work(this.#mergeUpstream(head, edits), 2).head)
      case 'picked':
        this.#accepted.push({ edits: each[0] ?? [] })
        return only(head)
      case 'squashed':
        this.#accepted.push({ edits })
        return only(this.#chance.whole(0, 1) === 0 ? head : this.#mergeUpstream(head, edits))
      case 'squashed in part':
        this.#accepted.push({ edits: each.slice(0, 2).flat() })
        return only(this.#work(head, 1).head)
      case 'squashed with merges': {
        const merged = this.#mergeUpstream(head, edits)
        const more = this.#work(merged, 1)
        this.#accepted.push({ edits: [...edits, ...more.edits] })
        return only(this.#work(more.head, this.#chance.whole(0, 1)).head)
      }
      case 'squashed otherwise':
        // A reviewer changed it on the way in: only GitHub knows that it is the same.
        this.#accepted.push({ edits: [...edits, this.#edit(main)], squashOf: head })
        return only(head)
      case 'rebased':
        return this.#rebased(each)
      case 'rewritten':
        return only(this.#work(this.#rewritten(), 1).head)
      case 'copied':
        return only(this.#work(this.#commit([], this.history.treeOf(main), 'Import'), 2).head)
      case 'branches':
        return this.#branches(head, edits)
      case 'crossed':
        return this.#crossed()
      case 'oddities':
        return only(this.#oddities(head))
    }
  }

  #rebased(each: readonly (readonly Edit[])[]) {
    const old = each.reduce((on, edits) => this.#apply(on, edits), this.upstream.main)
    this.upstreamMovesOn()
    const anew = each.reduce((on, edits) => this.#apply(on, edits), this.upstream.main)
    if (this.#chance.whole(0, 1) === 0) this.upstream.merged.push(old)
    return new Map([['main', anew]])
  }

  /** All of upstream's main line again, by somebody else and without its merges. */
  #rewritten(): number {
    const line: number[] = []
    for (let at: number | undefined = this.upstream.main; at !== undefined; ) {
      line.push(at)
      at = this.history.commits[at]?.parents[0]
    }
    const latest = line.slice(0, 25).reverse()
    return latest.reduce(
      (parent, place) =>
        this.#commit(parent === -1 ? [] : [parent], this.history.treeOf(place), 'Rewrite'),
      -1,
    )
  }

  #branches(head: number, edits: readonly Edit[]) {
    const feature = this.#work(head, 2)
    const other = this.#work(this.upstream.main, 2)
    const merged = this.#merge(feature.head, other.head, other.edits)
    if (this.#chance.whole(0, 1) === 0) {
      this.upstream.main = this.#merge(this.upstream.main, head, edits)
    }
    return new Map([
      ['main', merged],
      ['feature', feature.head],
      ['old', this.upstream.release],
    ])
  }

  /** Each merges the other: there are two merge bases. */
  #crossed() {
    const mine = this.#work(this.upstream.main, 1)
    const theirs = this.#work(this.upstream.main, 1)
    this.upstream.main = this.#merge(theirs.head, mine.head, mine.edits)
    return new Map([
      ['main', this.#work(this.#merge(mine.head, theirs.head, theirs.edits), 1).head],
    ])
  }

  #oddities(head: number): number {
    const binary: Edit = { kind: 'add', path: `assets/${this.#name()}.bin`, text: '\0\x01' }
    const withBinary = this.#apply(head, [binary])
    const rewritten = this.#apply(withBinary, [{ ...binary, kind: 'write', text: `\0${head}` }])
    const picked: Edit = { kind: 'add', path: `assets/${this.#name()}.bin`, text: `\0${head}` }
    const taken = this.#apply(rewritten, [picked])
    this.#accepted.push({ edits: [picked] })
    const script: Edit = { kind: 'mode', path: 'docs/guide.md' }
    const executable = this.#apply(taken, [script])
    const path = 'src/core/main.py'
    const space: Edit = { kind: 'replace', path, line: `${path} line 30`, by: `  ${path} line 30` }
    const indented = this.#apply(executable, [space])
    const empty = this.#commit([indented], this.history.treeOf(indented), 'Trigger the build')
    return this.#apply(empty, [{ kind: 'remove', path: 'src/kernels/gemm.cu' }])
  }

  #work(from: number, commits: number) {
    const each: Edit[][] = []
    let head = from
    for (let index = 0; index < commits; index += 1) {
      const edits = [this.#edit(head)]
      each.push(edits)
      head = this.#apply(head, edits)
    }
    return { head, each, edits: each.flat() }
  }

  #apply(on: number, edits: readonly Edit[]): number {
    const tree = this.history.treeOf(on)
    const next = edited(tree, edits)
    // What is there already needs no commit.
    return isSameTree(tree, next) ? on : this.#commit([on], next, `Change ${this.#name()}`)
  }

  #mergeUpstream(head: number, edits: readonly Edit[]): number {
    this.upstreamMovesOn()
    const tree = edited(this.history.treeOf(this.upstream.main), edits)
    return this.#commit([head, this.upstream.main], tree, 'Merge upstream')
  }

  #merge(into: number, head: number, edits: readonly Edit[]): number {
    return this.#commit([into, head], edited(this.history.treeOf(into), edits), 'Merge')
  }

  #edit(on: number): Edit {
    const paths = [...this.history.treeOf(on)].filter(([path]) => !path.endsWith('.bin'))
    const [path, { text }] = paths[this.#chance.whole(0, paths.length - 1)] ?? [
      'none',
      { text: '' },
    ]
    const lines = text.split('\n')
    const line = lines[this.#chance.whole(0, lines.length - 1)] ?? ''
    const word = this.#name()
    switch (this.#chance.whole(1, 12)) {
      case 1:
        return { kind: 'add', path: `src/part-${word}/file.py`, text: `${word}\nbegins\nhere` }
      case 2:
      case 3:
        return { kind: 'replace', path, line, by: `changed by ${word}` }
      default:
        return { kind: 'insert', path, after: line, line: `added by ${word}` }
    }
  }

  #commit(parents: number[], tree: Tree, message: string): number {
    const author = this.#chance.one(people)
    return this.history.commit({ parents, tree, message, author })
  }

  #name(): string {
    this.#names += 1
    return `n${this.#names}`
  }
}
