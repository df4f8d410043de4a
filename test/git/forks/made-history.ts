import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { isSameFile, type Tree } from './edits.ts'

/** A commit that is to be: its parents by their place. */
export interface MadeCommit {
  parents: readonly number[]
  tree: Tree
  message: string
  author: string
}

/** Commits in the order in which they were made, written to git at the end in one stream. */
export class MadeHistory {
  readonly commits: MadeCommit[] = []
  readonly refs = new Map<string, number>()

  commit(commit: MadeCommit): number {
    return this.commits.push(commit) - 1
  }

  treeOf(place: number): Tree {
    return this.commits[place]?.tree ?? new Map()
  }

  /** Writes a bare repository; the id of each commit by its place. */
  write(folder: string): string[] {
    git(folder, '', 'init', '--quiet', '--bare', '--initial-branch=main', '.')
    const stream = this.commits.map((commit, place) => this.#text(commit, place))
    const refs = [...this.refs].map(([ref, place]) => `reset ${ref}\nfrom :${place + 1}\n\n`)
    git(folder, [...stream, ...refs, 'done\n'].join(''), 'fast-import', '--quiet', '--done')
    const marks = this.commits.map((_, place) => `refs/made/${place}\n`)
    const ids = git(
      folder,
      marks.join(''),
      'cat-file',
      '--batch-check=%(objectname)',
      '--buffer',
    ).split('\n')
    const heads = new Set(this.refs.keys())
    const all = git(folder, '', 'for-each-ref', '--format=%(refname)').split('\n')
    const surplus = all.filter((ref) => ref !== '' && !heads.has(ref))
    git(folder, surplus.map((ref) => `delete ${ref}\n`).join(''), 'update-ref', '--stdin')
    return ids.slice(0, this.commits.length)
  }

  #text({ parents, tree, message, author }: MadeCommit, place: number): string {
    const [first] = parents
    const before: Tree = first === undefined ? new Map() : this.treeOf(first)
    const at = 1_700_000_000 + place * 60
    return [
      // A ref of its own, since a commit without one would follow the one before.
      `commit refs/made/${place}`,
      `mark :${place + 1}`,
      `author ${author} ${at} +0000`,
      `committer ${author} ${at} +0000`,
      data(message),
      ...parents.map((parent, index) => `${index === 0 ? 'from' : 'merge'} :${parent + 1}`),
      ...[...before.keys()].filter((path) => !tree.has(path)).map((path) => `D ${path}`),
      ...[...tree]
        .filter(([path, file]) => !isSameFile(file, before.get(path)))
        .map(([path, { mode, text }]) => `M ${mode} inline ${path}\n${data(text)}`),
      '\n',
    ].join('\n')
  }
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`
}

export function git(folder: string, input: string, ...args: string[]): string {
  return execFileSync('git', ['-C', folder, ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    env: {
      PATH: process.env.PATH,
      HOME: tmpdir(),
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
}
