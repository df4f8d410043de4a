import type { Recording } from '../src/events/fact.ts'
import { combined } from '../src/events/recording.ts'
import type { Octokit } from '../src/github/github-app.ts'
import type { Rest } from '../src/github/history/conversation.ts'
import { conversationRests } from '../src/github/history/conversation-rests.ts'
import { type Lane, lanes } from '../src/github/history/lanes.ts'
import {
  type HistoryPage,
  historyPages,
  LaneClosed,
  pagesIn,
  type Where,
} from '../src/github/history/read-history.ts'
import { type RateLimit, TooMuch } from '../src/github/history/request.ts'
import { countCost, keepLane, keepReach, type LaneProgress } from '../src/store/backfills.ts'
import type { Database } from '../src/store/database.ts'
import { record } from '../src/store/record.ts'
import { coreLanes, grown, halved, type OpenLane, reached, restsOf } from './backfill-next.ts'

export interface Step {
  octokit: Octokit
  where: Where
  /** of the repository */
  createdAt: Date
  /** every lane as it stands */
  all: readonly LaneProgress[]
  db: Database
  now: () => Date
}

export interface Cost {
  points: number
  requests: number
}

const costOf = (rateLimit: RateLimit | null | undefined): Cost => ({
  points: rateLimit?.cost ?? 1,
  requests: 1,
})

/** What a request told, and where the lanes that it was about stand then, in one transaction. */
export async function keepStep(
  { db, where }: Step,
  { cost, recording, kept }: { cost: Cost; recording: Recording; kept: readonly LaneProgress[] },
): Promise<Cost> {
  const { repositoryId } = where
  await db.transaction().execute(async (trx) => {
    await countCost(trx, repositoryId, cost)
    await record(trx, recording)
    for (const lane of kept) await keepLane(trx, repositoryId, lane)
    if (kept.some(({ lane }) => coreLanes.includes(lane))) {
      await keepReach(trx, repositoryId, coreLanes)
    }
  })
  return cost
}

/** A page of each of these lanes, the first one leading. */
export async function readPages(step: Step, open: readonly OpenLane<Lane>[]): Promise<Cost> {
  const { createdAt, now } = step
  const at = now()
  let answer: Awaited<ReturnType<typeof historyPages>>
  try {
    answer = await pagesOf(step, open, at)
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error
    return await halve(step, open, error)
  }
  const told = answer.pages.flatMap((page) => (page instanceof LaneClosed ? [] : [page]))
  const kept = open.map((lane, index) => {
    const page = answer.pages[index]
    if (page === undefined || page instanceof LaneClosed) {
      return { ...lane.progress, finished_at: at, failure: page?.message ?? null }
    }
    return reached(turned(lane, page), { createdAt, at })
  })
  const recording = combined(told.map((page) => page.recording))
  return await keepStep(step, { cost: costOf(answer.rateLimit), recording, kept })
}

function turned(lane: OpenLane<Lane>, page: HistoryPage): LaneProgress {
  return {
    ...grown(lane),
    cursor: page.next,
    pages_done: page.next === null,
    rests: [...lane.progress.rests, ...page.rest],
    oldest_at: page.oldest ?? lane.progress.oldest_at,
  }
}

/** At the smallest size, what GitHub gives in part has to do: one monstrous thing must not hold up all before it. */
async function pagesOf({ octokit, where }: Step, open: readonly OpenLane<Lane>[], readAt: Date) {
  const pages = open.map(({ name, progress }) => ({
    lane: name,
    after: progress.cursor,
    size: progress.page_size,
  }))
  try {
    return await historyPages(octokit, where, { pages, readAt })
  } catch (error) {
    if (!(error instanceof TooMuch) || error.partial === null) throw error
    if (pages.some(({ size }) => size > 1)) throw error
    const given = { lanes: open.map(({ name }) => name), repositoryId: where.repositoryId, readAt }
    const { partial } = error
    const found = partial.data.repository == null ? [] : pagesIn(partial, given)
    if (found.length === 0 || found.some((page) => page instanceof LaneClosed)) throw error
    return { pages: found, rateLimit: partial.rateLimit }
  }
}

/** Asks for half as much the next time. @throws what GitHub said where it was asked for the least already */
async function halve(step: Step, open: readonly OpenLane<Lane>[], error: TooMuch): Promise<Cost> {
  if (open.every(({ progress }) => progress.page_size === 1)) throw error
  return await keepStep(step, {
    cost: costOf(error.partial?.rateLimit),
    recording: combined([]),
    kept: open.map(({ progress }) => halved(progress)),
  })
}

const laneOfRest: Record<Rest['of'], Lane> = {
  'pull_request.reviews': 'pull_requests',
  'pull_request.comments': 'pull_requests',
  'issue.comments': 'issues',
  'discussion.comments': 'discussions',
  'discussion.replies': 'discussions',
}
/** A page of a conversation alone. */
const largestRest = 100

/** What comes next of many conversations at once, whichever lanes they are of. */
export async function readConversations(
  step: Step,
  { rests, scale }: { rests: readonly Rest[]; scale: number },
): Promise<Cost> {
  const { octokit, where, createdAt, all, now } = step
  const at = now()
  const open = lanes.flatMap((name): OpenLane<Lane>[] =>
    rests.some(({ of }) => laneOfRest[of] === name)
      ? all.filter(({ lane }) => lane === name).map((progress) => ({ name, progress }))
      : [],
  )
  const size = Math.max(1, Math.floor(largestRest * scale))
  let told: Awaited<ReturnType<typeof conversationRests>>
  try {
    told = await conversationRests(octokit, where.repositoryId, { rests, size, readAt: at })
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error
    return await halve(step, open, error)
  }
  const asked = new Set(rests.map(idOf))
  const kept = open.map((lane) => {
    const left = [
      ...told.rest.filter(({ of }) => laneOfRest[of] === lane.name),
      ...restsOf(lane.progress).filter((rest) => !asked.has(idOf(rest))),
    ]
    return reached({ ...grown(lane), rests: left }, { createdAt, at })
  })
  const { recording, rateLimit } = told
  return await keepStep(step, { cost: costOf(rateLimit), recording, kept })
}

const idOf = ({ node, of, cursor }: Rest) => `${node} ${of} ${cursor}`
