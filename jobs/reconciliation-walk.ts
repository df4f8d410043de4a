import { z } from 'zod'
import type { Recording } from '../src/events/fact.ts'
import { recording } from '../src/events/recording.ts'
import type { Octokit } from '../src/github/github-app.ts'
import { Rest } from '../src/github/history/conversation.ts'
import { conversationRests, mostRests } from '../src/github/history/conversation-rests.ts'
import { type Lane, laneOf, lanes } from '../src/github/history/lanes.ts'
import { historyPage, LaneClosed, type Where } from '../src/github/history/read-history.ts'
import { recentChanges } from '../src/github/history/recent-changes.ts'
import { TooMuch } from '../src/github/history/request.ts'
import { reviewCommentsPage } from '../src/github/history/review-comments.ts'

/** A comparison that one request is not enough for: what is still to be read, back to `since`. */
export const Walk = z.object({
  startedAt: z.string().transform((at) => new Date(at)),
  since: z.string().transform((at) => new Date(at)),
  lanes: z.array(
    z.object({ lane: z.enum(lanes), cursor: z.string().nullable(), size: z.int().min(1) }),
  ),
  rests: z.array(Rest),
  /** comments on single lines cost requests of their own: read where something else was missed */
  lineComments: z.union([
    z.enum(['not wanted', 'read']),
    z.object({ after: z.string().nullable() }),
  ]),
})
export type Walk = z.output<typeof Walk>

/** What one request told, and what is still to be read. */
export interface Step {
  recording: Recording
  walk: Walk
  /** the default branch's newest commit; null: this request did not ask for it, or there is none */
  head: string | null
}

export const isAtEnd = ({ lanes, rests, lineComments }: Walk) =>
  lanes.length + rests.length === 0 && typeof lineComments === 'string'

/** Once something was missed, comments on single lines may have been, too. */
export function withLineComments(walk: Walk): Walk {
  return walk.lineComments === 'not wanted' ? { ...walk, lineComments: { after: null } } : walk
}

/** The newest changes for one point; where that is too much for GitHub at once, page by page from the start. */
export async function begin(
  octokit: Octokit,
  where: Where,
  { since, at }: { since: Date; at: Date },
): Promise<Step> {
  const lineComments = 'not wanted' as const
  const empty = { startedAt: at, since, lanes: [], rests: [], lineComments }
  const fresh = (lane: Lane) => ({ lane, cursor: null, size: laneOf[lane].largestPage })
  try {
    const { recording, rest, unfinished, head } = await recentChanges(octokit, where, {
      since,
      readAt: at,
    })
    return { recording, walk: { ...empty, lanes: unfinished.map(fresh), rests: rest }, head }
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error
    return { recording: nothing, walk: { ...empty, lanes: lanes.map(fresh) }, head: null }
  }
}

const nothing = recording({})

/** One more request of a comparison under way. */
export async function goOn(
  octokit: Octokit,
  where: Where,
  { walk, at }: { walk: Walk; at: Date },
): Promise<Step> {
  const [lane, ...others] = walk.lanes
  if (lane === undefined) {
    const read = walk.rests.length > 0 ? saidSince : saidOnLines
    return await read(octokit, where, { walk, at })
  }
  try {
    const page = await historyPage(octokit, where, {
      lane: lane.lane,
      after: lane.cursor,
      size: lane.size,
      order: 'updated',
      readAt: at,
    })
    const ends = page.next === null || page.updatedTo === null || page.updatedTo < walk.since
    return {
      recording: page.recording,
      walk: {
        ...walk,
        lanes: ends ? others : [{ ...lane, cursor: page.next }, ...others],
        rests: [...walk.rests, ...page.rest],
      },
      head: null,
    }
  } catch (error) {
    if (error instanceof LaneClosed) {
      return { recording: nothing, walk: { ...walk, lanes: others }, head: null }
    }
    if (!(error instanceof TooMuch) || lane.size === 1) throw error
    const smaller = { ...lane, size: Math.ceil(lane.size / 2) }
    return { recording: nothing, walk: { ...walk, lanes: [smaller, ...others] }, head: null }
  }
}

async function saidSince(
  octokit: Octokit,
  where: Where,
  { walk, at }: { walk: Walk; at: Date },
): Promise<Step> {
  const asked = { rests: walk.rests.slice(0, mostRests), size: 100, readAt: at }
  const told = await conversationRests(octokit, where.repositoryId, asked)
  return {
    recording: told.recording,
    walk: { ...walk, rests: [...told.rest, ...walk.rests.slice(mostRests)] },
    head: null,
  }
}

async function saidOnLines(
  octokit: Octokit,
  where: Where,
  { walk, at }: { walk: Walk; at: Date },
): Promise<Step> {
  const { lineComments, since } = walk
  const after = typeof lineComments === 'string' ? null : lineComments.after
  const page = await reviewCommentsPage(octokit, where, { after, since, readAt: at })
  const ends = page.next === null || page.oldest === null || page.oldest < since
  return {
    recording: page.recording,
    walk: { ...walk, lineComments: ends ? 'read' : { after: page.next } },
    head: null,
  }
}
