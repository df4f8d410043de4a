import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Deps } from '../src/deps.ts'
import type { Fact, Recording } from '../src/events/fact.ts'
import type { Octokit } from '../src/github/github-app.ts'
import { Rest } from '../src/github/history/conversation.ts'
import { type Lane, laneOf, lanes } from '../src/github/history/lanes.ts'
import {
  conversationRests,
  historyPage,
  LaneClosed,
  mostRests,
  type Where,
} from '../src/github/history/read-history.ts'
import { recentChanges } from '../src/github/history/recent-changes.ts'
import { TooMuch } from '../src/github/history/request.ts'
import { Later } from '../src/queue.ts'
import type { Database } from '../src/store/database.ts'
import {
  keepReconciliation,
  noteFound,
  reconciliationOf,
  unknownAmong,
} from '../src/store/reconciliations.ts'
import { record } from '../src/store/record.ts'
import { publishableRepository, type TrackedRepository } from '../src/store/repositories.ts'
import { releaseTurn, takeTurn } from '../src/store/turns.ts'
import { wantWork } from '../src/store/work.ts'

export const payload = z.object({ repositoryId: z.int() })

const minuteMs = 60_000
/** Clocks differ, and what GitHub shows may lag behind what it sent. */
const overlapMs = 10 * minuteMs
/** A webhook that is younger may still be on its way. */
const onItsWayMs = 15 * minuteMs
/** What was opened longer ago is welcomed no more. */
const welcomeMs = 3 * 24 * 60 * minuteMs
const requestsATurn = 10
const turnMs = 30_000

/** A comparison that one request is not enough for: what is still to be read, back to `since`. */
const Walk = z.object({
  startedAt: z.string().transform((at) => new Date(at)),
  since: z.string().transform((at) => new Date(at)),
  lanes: z.array(
    z.object({ lane: z.enum(lanes), cursor: z.string().nullable(), size: z.int().min(1) }),
  ),
  rests: z.array(Rest),
})
type Walk = z.output<typeof Walk>

/**
 * Compares what is known with what GitHub shows: an hour's changes for one
 * point, and after a gap as far back as it reaches. What no webhook told is
 * recorded and counted. It goes on where it stopped.
 * @throws Later while others have their turn
 */
export async function reconcileRepository(
  { repositoryId }: z.output<typeof payload>,
  deps: Deps,
): Promise<void> {
  const { db, github, now } = deps
  const repository = await publishableRepository(db, repositoryId)
  if (repository === null) return
  const octokit = await github.installation({
    installationId: repository.installationId,
    repositoryId,
    purpose: 'reconciliation',
  })
  const turn = { name: `history/${repository.installationId}`, holder: randomUUID() }
  try {
    for (let request = 0; request < requestsATurn; request += 1) {
      const until = new Date(now().getTime() + turnMs)
      if ((await takeTurn(db, turn, { at: now(), until })) !== null) break
      if (await isComparedAfterOne(octokit, repository, deps)) return
    }
    throw new Later(1_000, 'Others have their turn')
  } finally {
    await releaseTurn(db, turn)
  }
}

async function isComparedAfterOne(
  octokit: Octokit,
  repository: TrackedRepository,
  deps: Deps,
): Promise<boolean> {
  const { db, queue, now } = deps
  const known = await reconciliationOf(db, repository.id)
  const comparedTo = known?.comparedTo ?? repository.trackedAt
  const under = known?.walk == null ? null : Walk.parse(known.walk)
  const where = { repositoryId: repository.id, owner: repository.ownerLogin, name: repository.name }
  const step =
    under === null
      ? await begun(octokit, where, {
          since: new Date(comparedTo.getTime() - overlapMs),
          at: now(),
        })
      : await walked(octokit, where, under)
  const { recording, walk } = step
  const isDone = walk.lanes.length + walk.rests.length === 0
  const { found, welcomed } = await db.transaction().execute(async (trx) => {
    const unknown = await unknownAmong(trx, recording.facts)
    await record(trx, recording)
    const missed = unknown.filter(
      ({ occurredAt }) =>
        occurredAt >= repository.trackedAt &&
        occurredAt.getTime() < walk.startedAt.getTime() - onItsWayMs,
    )
    await noteFound(trx, missed)
    const { threads } = recording
    const promised = await welcome(trx, { unknown, threads }, now())
    await keepReconciliation(trx, repository.id, {
      comparedTo: isDone ? walk.startedAt : comparedTo,
      walk: isDone ? null : walk,
    })
    return { found: missed.length, welcomed: promised }
  })
  await queue.enqueue(welcomed.map((key) => ({ name: 'summarise-pull-request', key })))
  if (found > 0) {
    deps.log.warn({ repository: repository.id, found }, 'GitHub showed what no webhook had told')
  }
  return isDone
}

interface Step {
  recording: Recording
  walk: Walk
}

/** Too much for GitHub at once: then page by page. */
async function begun(
  octokit: Octokit,
  where: Where,
  { since, at }: { since: Date; at: Date },
): Promise<Step> {
  const fresh = (lane: Lane) => ({ lane, cursor: null, size: laneOf[lane].largestPage })
  try {
    const { recording, rest, unfinished } = await recentChanges(octokit, where, {
      since,
      readAt: at,
    })
    return { recording, walk: { startedAt: at, since, lanes: unfinished.map(fresh), rests: rest } }
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error
    return {
      recording: nothing,
      walk: { startedAt: at, since, lanes: lanes.map(fresh), rests: [] },
    }
  }
}

const nothing: Recording = {
  facts: [],
  retractions: [],
  accounts: [],
  signatures: [],
  associations: [],
  threads: [],
  repositories: [],
}

/** One more request of a comparison under way. */
async function walked(octokit: Octokit, where: Where, walk: Walk): Promise<Step> {
  const [lane, ...others] = walk.lanes
  if (lane === undefined) return await saidSince(octokit, where, walk)
  try {
    const page = await historyPage(octokit, where, {
      lane: lane.lane,
      after: lane.cursor,
      size: lane.size,
      order: 'updated',
    })
    const ends = page.next === null || page.updatedTo === null || page.updatedTo < walk.since
    return {
      recording: page.recording,
      walk: {
        ...walk,
        lanes: ends ? others : [{ ...lane, cursor: page.next }, ...others],
        rests: [...walk.rests, ...page.rest],
      },
    }
  } catch (error) {
    if (error instanceof LaneClosed) return { recording: nothing, walk: { ...walk, lanes: others } }
    if (!(error instanceof TooMuch) || lane.size === 1) throw error
    const smaller = { ...lane, size: Math.ceil(lane.size / 2) }
    return { recording: nothing, walk: { ...walk, lanes: [smaller, ...others] } }
  }
}

async function saidSince(octokit: Octokit, where: Where, walk: Walk): Promise<Step> {
  const asked = { rests: walk.rests.slice(0, mostRests), size: 100 }
  const told = await conversationRests(octokit, where.repositoryId, asked)
  return {
    recording: told.recording,
    walk: { ...walk, rests: [...told.rest, ...walk.rests.slice(mostRests)] },
  }
}

/**
 * Open pull requests that nobody heard of get the comment that they would have had.
 * Returns the keys of the work that was promised.
 */
async function welcome(
  db: Database,
  { unknown, threads }: { unknown: readonly Fact[]; threads: Recording['threads'] },
  at: Date,
): Promise<string[]> {
  const open = new Set(threads.flatMap((thread) => (thread.open ? [thread.number] : [])))
  const keys: string[] = []
  for (const { kind, occurredAt, repositoryId, thread: number } of unknown) {
    const isNew = at.getTime() - occurredAt.getTime() < welcomeMs
    if (kind !== 'pull_request.opened' || number === null || !isNew || !open.has(number)) continue
    const key = `${repositoryId}/${number}`
    const work = { job: 'summarise-pull-request', key, payload: { repositoryId, number } } as const
    await wantWork(db, work, at)
    keys.push(key)
  }
  return keys
}
