import type { MadeNetwork } from './fork-network.ts'
import { git } from './made-history.ts'

/** What git itself and a comparison of texts say of one head. */
export interface ReferenceDivergence {
  ahead: number
  behind: number
  mergeBase: string | null
  original: number
}

/**
 * Slow and plain on purpose: each question is put to git anew, and patches are
 * compared as texts. A commit counts unless its patch is upstream, or that of a
 * row of commits which it is in, or that of the main line up to it or a later
 * commit, against the latest commit of upstream that is in there.
 */
export class Reference {
  readonly #network: MadeNetwork
  readonly #upstream: Set<string>
  readonly #heads: string[]
  readonly #patches: Set<string>

  constructor(network: MadeNetwork) {
    this.#network = network
    const plain = this.#lines('rev-list', network.tip, ...network.heads)
    const squashed = [...network.squashes].filter(([by]) => plain.includes(by))
    this.#heads = [network.tip, ...network.heads, ...squashed.map(([, head]) => head)]
    this.#upstream = new Set(this.#lines('rev-list', ...this.#heads))
    const commits = this.#lines('rev-list', '--no-merges', ...this.#heads)
    this.#patches = new Set(this.#patchesOf(commits).filter((patch) => patch !== ''))
  }

  of(sha: string): ReferenceDivergence {
    const { tip } = this.#network
    const counts = this.#lines('rev-list', '--left-right', '--count', `${tip}...${sha}`)
    const [behind = '', ahead = ''] = counts[0]?.split('\t') ?? []
    return {
      ahead: Number(ahead),
      behind: Number(behind),
      mergeBase: this.#mergeBase(sha),
      original: this.#original(sha),
    }
  }

  #original(sha: string): number {
    const own = this.#lines('rev-list', sha, '--not', this.#network.tip)
    const candidates = new Map(
      own
        .map((commit) => this.#parentsOf(commit))
        .filter(([commit = '', ...parents]) => parents.length < 2 && !this.#upstream.has(commit))
        .map(([commit = '', ...parents]) => [commit, parents[0] ?? null]),
    )
    const rows = [...candidates.keys()].flatMap((end) => this.#rowsTo(end, candidates))
    const found = new Set<string>()
    const patches = this.#patchesOf(rows.map(({ from, to }) => (from ? `${to} ${from}` : to)))
    rows.forEach(({ commits }, index) => {
      if (this.#patches.has(patches[index] ?? '')) for (const each of commits) found.add(each)
    })
    for (const end of this.#lines('rev-list', '--first-parent', sha, '--not', this.#network.tip)) {
      const base = this.#mergeBase(end)
      if (base !== null && this.#patches.has(this.#patchesOf([`${end} ${base}`])[0] ?? '')) {
        for (const each of this.#lines('rev-list', end, '--not', ...this.#heads)) found.add(each)
      }
    }
    for (const [commit, parent] of candidates) {
      if (parent === null && this.#isCopy(commit)) found.add(commit)
    }
    return [...candidates.keys()].filter((commit) => !found.has(commit)).length
  }

  /** Every row of single-parent commits that ends here. */
  #rowsTo(end: string, candidates: ReadonlyMap<string, string | null>) {
    const rows: { from: string | null; to: string; commits: string[] }[] = []
    const commits: string[] = []
    for (let at: string | null = end; at !== null && candidates.has(at); ) {
      commits.push(at)
      at = candidates.get(at) ?? null
      if (at !== null || commits.length === 1)
        rows.push({ from: at, to: end, commits: [...commits] })
    }
    return rows
  }

  #isCopy(commit: string): boolean {
    const [tree = ''] = this.#lines('rev-parse', `${commit}^{tree}`)
    return this.#lines('log', '--format=%T', ...this.#heads).includes(tree)
  }

  #mergeBase(sha: string): string | null {
    try {
      return this.#lines('merge-base', this.#network.tip, sha)[0] ?? null
    } catch {
      return null
    }
  }

  #parentsOf(sha: string): string[] {
    return (this.#lines('rev-list', '--parents', '-1', sha)[0] ?? '').split(' ')
  }

  /** The texts of patches without what says where they apply: the lines, the ids of text and all white space. */
  #patchesOf(lines: readonly string[]): string[] {
    const args = [
      'diff-tree',
      '--stdin',
      '--root',
      '--always',
      '-p',
      '--no-renames',
      '--full-index',
    ]
    const input = lines.map((line) => `${line}\n`).join('')
    const texts: string[][] = []
    for (const line of git(this.#network.folder, input, ...args).split('\n')) {
      if (/^[0-9a-f]{40}$/.test(line)) texts.push([])
      else texts.at(-1)?.push(line)
    }
    return texts.map((text) => {
      const isBinary = text.some((line) => line.startsWith('Binary files'))
      return text
        .filter((line) => !line.startsWith('@@') && (isBinary || !line.startsWith('index ')))
        .join('\n')
        .replaceAll(/[^\S\n]/g, '')
        .trim()
    })
  }

  #lines(...args: string[]): string[] {
    return git(this.#network.folder, '', ...args)
      .split('\n')
      .filter((line) => line !== '')
  }
}
