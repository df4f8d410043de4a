import type { ForkWork } from '../git/forks/fork-work.ts'
import type { ForkTheme } from '../metrics/fork-themes.ts'
import type { ForkComparison } from '../report/json/forks.ts'

type Row = ForkComparison[number]

/** A fork's work as it is told; null where none can be told, or none is of this project. */
export function workOf(work: ForkWork | null, state: Row['state']): Row['work'] {
  if (work === null || state === 'unrelated') return null
  const { originalCommits, areas, authors, contributors, firstAt, lastAt } = work
  return { originalCommits, areas, authors, contributors, firstAt, lastAt }
}

/** What others of the forks do too. */
export function themesOf(fork: string, themes: readonly ForkTheme[]): Row['themes'] {
  return themes
    .filter(({ forks }) => forks.includes(fork))
    .map(({ kind, name, words, forks }) => ({ kind, name, words, forks }))
}
