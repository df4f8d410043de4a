import { groupBy } from './group-by.ts'
import {
  architectureIn,
  type NamedTheme,
  type ThemeKind,
  themeOfWord,
  wordsIn,
} from './theme-words.ts'

/** What a fork has made that upstream does not have. */
export interface ForkEffort {
  fork: string
  /** ids of its original commits: forks that share one share the work */
  commits: readonly string[]
  subjects: readonly string[]
  paths: readonly string[]
  /** `kernels/rocm/` */
  areas: readonly string[]
}

/** The same kind of work in several forks, and why we think so. */
export interface ForkTheme {
  kind: ThemeKind
  /** "ROCm", `mamba2`, or the area itself */
  name: string
  /** by name */
  forks: string[]
  /** how many of them came to it by themselves: those with a commit in common count once */
  independent: number
  /** what gave it away, as it was found; the most often found first */
  words: string[]
  /** where all of them were at work */
  areas: string[]
}

const fewestForks = 2
const fewestForksInArea = 3
/** A word in a path says more than one in a message: people mention what they do not touch. */
const weights = { path: 2, subject: 1 } as const
const enough = 2
const mostWords = 8
/** What most forks do is what the project is about. It takes some forks to say so. */
const forksForCommon = 6
const shareOfCommon = 0.5

/**
 * What several forks do that upstream does not: the same hardware backend, way
 * of quantising, architecture or feature, told by the words in paths and in
 * first lines of messages, or the same directories. A fork counts where a path
 * says so, or two messages do.
 *
 * @param project its name; its own words tell nothing
 * @returns those of most independent forks first; none for a single fork
 */
export function forkThemes(efforts: readonly ForkEffort[], project: string): ForkTheme[] {
  const own = new Set(wordsIn(project).flatMap((word) => themeOfWord(word)?.name ?? []))
  const signs = efforts.flatMap(signsOf).filter(({ theme }) => !own.has(theme.name))
  const named = [...groupBy(signs, ({ theme }) => `${theme.kind} ${theme.name}`).values()].flatMap(
    (group) => themeOf(group, efforts) ?? [],
  )
  const areas = areaThemes(efforts).filter(
    (area) =>
      !named.some(
        ({ forks, areas: known }) => isSame(forks, area.forks) && known.includes(area.name),
      ),
  )
  return [...named, ...areas].toSorted(
    (a, b) =>
      b.independent - a.independent || b.forks.length - a.forks.length || order(a.name, b.name),
  )
}

/** One fork's reasons for one theme. */
interface Sign {
  effort: ForkEffort
  theme: NamedTheme
  /** word → how often it was found */
  words: Map<string, number>
  weight: number
}

function signsOf(effort: ForkEffort): Sign[] {
  const signs = new Map<string, Sign>()
  const note = (theme: NamedTheme | null, word: string, weight: number) => {
    if (theme === null) return
    const key = `${theme.kind} ${theme.name}`
    const sign = signs.get(key) ?? { effort, theme, words: new Map(), weight: 0 }
    sign.words.set(word, (sign.words.get(word) ?? 0) + 1)
    sign.weight += weight
    signs.set(key, sign)
  }
  for (const path of effort.paths) {
    const architecture = architectureIn(path)
    if (architecture !== null) note(architecture, path, weights.path)
    for (const word of new Set(wordsIn(path))) {
      const theme = themeOfWord(word)
      if (theme?.name !== architecture?.name) note(theme, word, weights.path)
    }
  }
  for (const subject of effort.subjects) {
    for (const word of new Set(wordsIn(subject))) note(themeOfWord(word), word, weights.subject)
  }
  return [...signs.values()].filter(({ weight }) => weight >= enough)
}

function themeOf(signs: readonly Sign[], efforts: readonly ForkEffort[]): ForkTheme | null {
  const [first] = signs
  const members = signs.map(({ effort }) => effort)
  if (first === undefined || !isTheme(members, efforts, fewestForks)) return null
  const words = new Map<string, number>()
  for (const { words: found } of signs) {
    for (const [word, times] of found) words.set(word, (words.get(word) ?? 0) + times)
  }
  return {
    ...first.theme,
    ...described(members),
    words: [...words]
      .toSorted(([a, inA], [b, inB]) => inB - inA || order(a, b))
      .slice(0, mostWords)
      .map(([word]) => word),
  }
}

function areaThemes(efforts: readonly ForkEffort[]): ForkTheme[] {
  const visits = efforts.flatMap((effort) => effort.areas.map((area) => ({ area, effort })))
  return [...groupBy(visits, ({ area }) => area)].flatMap(([area, group]) => {
    const members = group.map(({ effort }) => effort)
    return isTheme(members, efforts, fewestForksInArea)
      ? [{ kind: 'area' as const, name: area, ...described(members), words: [] }]
      : []
  })
}

function isTheme(
  members: readonly ForkEffort[],
  efforts: readonly ForkEffort[],
  fewest: number,
): boolean {
  const isCommon =
    efforts.length >= forksForCommon && members.length > efforts.length * shareOfCommon
  return !isCommon && independentForks(members) >= fewest
}

function described(members: readonly ForkEffort[]) {
  const [first, ...others] = members
  return {
    forks: members.map(({ fork }) => fork).toSorted(order),
    independent: independentForks(members),
    areas: (first?.areas ?? []).filter((area) => others.every(({ areas }) => areas.includes(area))),
  }
}

/** How many groups there are of forks that have commits in common, directly or through others. */
export function independentForks(efforts: readonly Pick<ForkEffort, 'commits'>[]): number {
  let groups: Set<string>[] = []
  let alone = 0
  for (const { commits } of efforts) {
    if (commits.length === 0) alone += 1
    else {
      const group = new Set(commits)
      const apart = groups.filter((other) => !meets(other, group))
      for (const other of groups) {
        if (!apart.includes(other)) for (const commit of other) group.add(commit)
      }
      groups = [...apart, group]
    }
  }
  return groups.length + alone
}

function meets(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...b].some((commit) => a.has(commit))
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((fork, index) => fork === b[index])
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
