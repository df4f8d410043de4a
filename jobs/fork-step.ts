import type { GitHubClient } from '../src/github/client.ts'
import type { Answered } from '../src/github/forks/answered.ts'
import { type RateLimit, TooMuch } from '../src/github/history/request.ts'
import type { Database } from '../src/store/database.ts'
import { countForkCost, type ForkScan, keepForkScan } from '../src/store/fork-scans.ts'
import { countTry } from '../src/store/forks-to-read.ts'
import { grown, halved, type RequestKind, type RequestSizes, sizeOf } from './request-size.ts'

/** One request of a scan, and what it is about. */
export interface ForkStep {
  octokit: GitHubClient
  repository: { id: number; owner: string; name: string }
  scan: ForkScan & { startedAt: Date }
  sizes: RequestSizes
  /** branches are compared by git once all heads are known; else GitHub is asked to */
  byGit: boolean
  looks: Looks
  db: Database
  now: () => Date
}

/** Which forks are looked into. */
export interface Looks {
  /** also those that nobody pushed to since they were made */
  evenUntouched: boolean
  /** those that were pushed to last; null: all */
  most: number | null
}

export interface Paid {
  rateLimit: RateLimit | null
}

/** What a request told, in one transaction with what it cost and what comes next. */
export async function keepStep(
  { db, repository }: ForkStep,
  { rateLimit, sizes }: Paid & { sizes: RequestSizes },
  keep: (trx: Database) => Promise<void>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await countForkCost(trx, repository.id, { points: rateLimit?.cost ?? 1, requests: 1 })
    await keepForkScan(trx, repository.id, { sizes })
    await keep(trx)
  })
}

/**
 * Asks for one thing of each of these forks, and keeps what is told. Forks that
 * GitHub fails to answer for are asked about again; where most of the others
 * were answered for, or it was alone, a fork itself is at fault, and after a
 * few tries it is left out of this scan.
 */
export async function askAboutForks<Row extends { fork_id: number }, Value>(
  step: ForkStep,
  request: {
    kind: RequestKind
    rows: readonly Row[]
    ask: (
      rows: readonly Row[],
    ) => Promise<Paid & { answers: Answered<Value>[]; isPartial: boolean }>
    keep: (trx: Database, told: readonly { row: Row; answer: Known<Value> }[]) => Promise<void>
  },
): Promise<void> {
  const { kind, rows, ask, keep } = request
  const { repository, sizes } = step
  let given: Awaited<ReturnType<typeof ask>>
  try {
    given = await ask(rows)
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error
    await keepStep(step, { rateLimit: null, sizes: halved(sizes, kind) }, async (trx) => {
      if (rows.length === 1) await countTry(trx, repository.id, idsOf(rows))
    })
    // GitHub may be unwell as such: then the job waits before it asks again.
    if (rows.length === 1) throw error
    return
  }
  const { answers, isPartial, rateLimit } = given
  const told = rows.flatMap((row, index) => {
    const answer = answers[index]
    return answer === undefined || answer.kind === 'failed' ? [] : [{ row, answer }]
  })
  const failed = rows.filter((_, index) => (answers[index]?.kind ?? 'failed') === 'failed')
  const isTheirs = !isPartial || rows.length === 1 || told.length >= rows.length / 2
  const next = isTheirs ? grown(sizes, kind) : halved(sizes, kind)
  await keepStep(step, { rateLimit, sizes: next }, async (trx) => {
    await keep(trx, told)
    if (isTheirs) await countTry(trx, repository.id, idsOf(failed))
  })
}

export type Known<Value> = Exclude<Answered<Value>, { kind: 'failed' }>

const idsOf = (rows: readonly { fork_id: number }[]) => [
  ...new Set(rows.map(({ fork_id }) => fork_id)),
]

/** How many to ask for now. */
export const sizeNow = ({ sizes }: Pick<ForkStep, 'sizes'>, kind: RequestKind) =>
  sizeOf(sizes, kind)
