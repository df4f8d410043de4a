import { median, ratio } from './statistics.ts'
import { isWithin, type Window } from './window.ts'

/** The way of one owner's fork back to upstream; null for a step that was not taken. */
export interface ForkPath {
  /** whose it is; somebody who deletes a fork and forks again counts once */
  owner: string
  madeAt: Date
  /** the first push after it was made */
  pushedAt: Date | null
  /** the first pull request from it to upstream */
  openedAt: Date | null
  /** the first of these that was merged */
  mergedAt: Date | null
}

/** What became of those who forked in a window. Each step holds those of the next. */
export interface ForkCohort {
  forked: number
  pushed: number
  opened: number
  merged: number
  /** Technical Fork's contributing forks: `opened` of `forked`; null for nobody */
  contributing: number | null
  /** medians of those who took the step, from when they forked */
  daysToPush: number | null
  daysToOpen: number | null
  daysToMerge: number | null
}

const dayMs = 86_400_000

/**
 * Technical Fork (CHAOSS), by cohort: of the forks of a month, those that are
 * contributing, which CHAOSS says of a fork that ever opened a change request
 * upstream, and how far they came.
 * https://chaoss.community/kb/metric-technical-fork/
 *
 * Who opened a pull request has pushed, also where the push was not seen.
 */
export function forkCohort(paths: readonly ForkPath[], month: Window): ForkCohort {
  const forked = firstByOwner(paths).filter(({ madeAt }) => isWithin(madeAt, month))
  const merged = forked.filter(({ mergedAt }) => mergedAt !== null)
  const opened = forked.filter(({ openedAt, mergedAt }) => (openedAt ?? mergedAt) !== null)
  const pushed = forked.filter((path) => pushedAtOf(path) !== null)
  return {
    forked: forked.length,
    pushed: pushed.length,
    opened: opened.length,
    merged: merged.length,
    contributing: ratio(opened.length, forked.length),
    daysToPush: median(forked.flatMap((path) => daysTo(path, pushedAtOf(path)))),
    daysToOpen: median(forked.flatMap((path) => daysTo(path, path.openedAt))),
    daysToMerge: median(forked.flatMap((path) => daysTo(path, path.mergedAt))),
  }
}

function pushedAtOf({ pushedAt, openedAt, mergedAt }: ForkPath): Date | null {
  return pushedAt ?? openedAt ?? mergedAt
}

/** The first time that somebody forked, with the earliest of each step that any of their forks took. */
function firstByOwner(paths: readonly ForkPath[]): ForkPath[] {
  const first = new Map<string, ForkPath>()
  for (const path of paths) {
    const known = first.get(path.owner)
    first.set(path.owner, known === undefined ? path : together(known, path))
  }
  return [...first.values()]
}

function together(a: ForkPath, b: ForkPath): ForkPath {
  return {
    owner: a.owner,
    madeAt: (a.madeAt < b.madeAt ? a : b).madeAt,
    pushedAt: earliest(a.pushedAt, b.pushedAt),
    openedAt: earliest(a.openedAt, b.openedAt),
    mergedAt: earliest(a.mergedAt, b.mergedAt),
  }
}

function earliest(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}

function daysTo({ madeAt }: ForkPath, at: Date | null): number[] {
  return at === null ? [] : [Math.max(0, at.getTime() - madeAt.getTime()) / dayMs]
}
