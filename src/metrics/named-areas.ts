import picomatch from 'picomatch'
import type { AreaReviewer, ContributorHistory } from './history.ts'

/** What a project calls its areas: for each name patterns of directories, `csrc/**`. */
export type AreaNames = Readonly<Record<string, readonly string[]>>

/**
 * Areas (`csrc/rope/`) under the names that a project has for them, each once,
 * in the order of the first of each. The first name wins that has a pattern for
 * an area or for what it lies in; one without a name keeps its own.
 */
export function namedAreas(areas: readonly string[], names: AreaNames): string[] {
  const nameOf = naming(names)
  return [...new Set(areas.map(nameOf))]
}

/** A person's history, and who reviews what, with areas by the project's names. */
export function withNamedAreas(history: ContributorHistory, names: AreaNames): ContributorHistory {
  return {
    ...history,
    merged: history.merged.map((one) => ({ ...one, areas: namedAreas(one.areas, names) })),
  }
}

/**
 * Reviewers by named areas. One review may touch several directories of an
 * area, so the most of one directory stands for it: at least so many there were.
 */
export function namedReviewers(
  reviewers: readonly AreaReviewer[],
  names: AreaNames,
): AreaReviewer[] {
  const nameOf = naming(names)
  const most = new Map<string, AreaReviewer>()
  for (const { area, login, reviews } of reviewers) {
    const name = nameOf(area)
    const key = JSON.stringify([name, login])
    const known = most.get(key)?.reviews ?? 0
    most.set(key, { area: name, login, reviews: Math.max(known, reviews) })
  }
  return [...most.values()]
}

/** Patterns hold asterisks and nothing else: what backtracks in others is taken as it stands. */
const plain = { dot: true, nobrace: true, nobracket: true, noextglob: true, nonegate: true }

function naming(names: AreaNames): (area: string) => string {
  const matchers = Object.entries(names).map(([name, patterns]) => {
    const whole = patterns.map((pattern) => `${pattern.replace(/\/?(?:\*\*)?\/?$/, '')}/**`)
    return { name, isIn: picomatch(whole, plain) }
  })
  return (area) => matchers.find(({ isIn }) => isIn(area.replace(/\/$/, '')))?.name ?? area
}
