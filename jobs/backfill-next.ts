import { Rest } from '../src/github/history/conversation.ts'
import { mostRests, restsForOnePoint } from '../src/github/history/conversation-rests.ts'
import { type Lane, laneOf, lanes, type RestLane, restLanes } from '../src/github/history/lanes.ts'
import { costOnePoint } from '../src/github/history/read-history.ts'
import type { LaneProgress } from '../src/store/backfills.ts'

/** Reports need both of these; how far back is known is how far both are. */
export const coreLanes: readonly string[] = ['pull_requests', 'issues'] satisfies Lane[]
/** The months that are known do not wait for long conversations any longer than this… */
const longestGatherMs = 30 * 24 * 60 * 60_000
/** …or than this part of what is known, if that is longer. */
const gatherShare = 0.25
/** A page that was halved for GitHub's sake grows again after so many good ones. */
const goodPagesToGrow = 5

/** A lane, and what GitHub calls it. */
export interface OpenLane<Name> {
  name: Name
  progress: LaneProgress
}

/** What one step reads. Null: all is read. */
export type Reading =
  | { kind: 'pages'; lanes: OpenLane<Lane>[] }
  | { kind: 'conversations'; rests: Rest[]; scale: number }
  | { kind: 'list'; lane: OpenLane<RestLane> }

/**
 * What is read next: conversations, once enough of them are gathered to fill a
 * request; else a page of the core lane that is behind, which takes a page of
 * a small lane along; then what is left.
 */
export function nextReading(all: readonly LaneProgress[], at: Date): Reading | null {
  const open = openLanes(all, lanes)
  const rests = youngestFirst(open)
  const paging = open.filter(({ progress }) => !progress.pages_done)
  if (rests.length > 0 && (paging.length === 0 || isDue(rests, open, at))) {
    const scale = Math.min(...open.filter(({ progress }) => progress.rests.length > 0).map(scaleOf))
    const many = Math.max(1, Math.floor(restsForOnePoint(rests) * scale))
    return { kind: 'conversations', rests: rests.slice(0, many), scale }
  }
  const [lead, ...others] = paging.toSorted(behindFirst)
  if (lead !== undefined) return { kind: 'pages', lanes: [lead, ...riders(lead, others)] }
  return nextList(all)
}

/** What the REST API gives, on an allowance of its own: also while that of GraphQL is used up. */
export function nextList(all: readonly LaneProgress[]): Reading | null {
  const [lane] = openLanes(all, restLanes)
  return lane === undefined ? null : { kind: 'list', lane }
}

function openLanes<Name extends string>(
  all: readonly LaneProgress[],
  names: readonly Name[],
): OpenLane<Name>[] {
  return names.flatMap((name) =>
    all
      .filter(({ lane, finished_at }) => lane === name && finished_at === null)
      .map((progress) => ({ name, progress })),
  )
}

export const restsOf = ({ rests }: LaneProgress): Rest[] => Rest.array().parse(rests)

const youngestFirst = (open: readonly OpenLane<Lane>[]) =>
  open
    .flatMap(({ progress }) => restsOf(progress))
    .toSorted((a, b) => Date.parse(b.madeAt) - Date.parse(a.madeAt))

function isDue(rests: readonly Rest[], open: readonly OpenLane<Lane>[], at: Date): boolean {
  if (rests.length >= mostRests) return true
  return open.some(({ name, progress }) => {
    const [youngest] = restsOf(progress)
      .map(({ madeAt }) => Date.parse(madeAt))
      .toSorted()
      .toReversed()
    if (!coreLanes.includes(name) || youngest === undefined) return false
    const behindMs = youngest - (progress.oldest_at?.getTime() ?? youngest)
    return behindMs >= Math.max(longestGatherMs, (at.getTime() - youngest) * gatherShare)
  })
}

/** The core lane that is behind, then the others in their order. */
function behindFirst(a: OpenLane<Lane>, b: OpenLane<Lane>): number {
  const isCore = ({ name }: OpenLane<Lane>) => Number(coreLanes.includes(name))
  const reach = ({ progress }: OpenLane<Lane>) =>
    progress.oldest_at?.getTime() ?? Number.POSITIVE_INFINITY
  if (isCore(a) !== isCore(b)) return isCore(b) - isCore(a)
  return isCore(a) && reach(a) !== reach(b) ? reach(b) - reach(a) : 0
}

/** A page of one of the others rides along for nothing, unless GitHub has trouble already. */
function riders(lead: OpenLane<Lane>, others: readonly OpenLane<Lane>[]): OpenLane<Lane>[] {
  if (scaleOf(lead) < 1) return []
  const sizeOf = ({ name, progress }: OpenLane<Lane>) => ({ lane: name, size: progress.page_size })
  const rider = others.find(
    (other) => laneOf[other.name].nested === 0 && costOnePoint([lead, other].map(sizeOf)),
  )
  return rider === undefined ? [] : [rider]
}

/** 1: as much at once as a point buys; less after GitHub had trouble with so much. */
function scaleOf({ name, progress }: OpenLane<Lane>): number {
  return progress.page_size / laneOf[name].largestPage
}

/** After GitHub had trouble with so much at once. */
export function halved(progress: LaneProgress): LaneProgress {
  return { ...progress, page_size: Math.ceil(progress.page_size / 2), good_pages: 0 }
}

/** After a good page. */
export function grown({ name, progress }: OpenLane<Lane>): LaneProgress {
  const { largestPage } = laneOf[name]
  const good_pages = progress.good_pages + 1
  return progress.page_size >= largestPage || good_pages < goodPagesToGrow
    ? { ...progress, good_pages }
    : { ...progress, page_size: Math.min(largestPage, progress.page_size * 2), good_pages: 0 }
}

/**
 * How far a lane reaches. A thread counts as known once its conversations are
 * read, too; GitHub's instants are whole seconds.
 */
export function reached(
  progress: LaneProgress,
  { createdAt, at }: { createdAt: Date; at: Date },
): LaneProgress {
  const { oldest_at: oldest, pages_done } = progress
  const begun = restsOf(progress).map(({ madeAt }) => Date.parse(madeAt))
  if (begun.length > 0) {
    return { ...progress, reached_to: new Date(Math.max(...begun) + 1000) }
  }
  if (!pages_done) return { ...progress, reached_to: oldest }
  const beginning = oldest !== null && oldest < createdAt ? oldest : createdAt
  return { ...progress, reached_to: beginning, finished_at: at }
}
