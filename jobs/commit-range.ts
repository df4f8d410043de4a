import type { Deps } from '../src/deps.ts'
import { type Commit, commitRecording } from '../src/events/commit.ts'
import { combined } from '../src/events/recording.ts'
import {
  type CommitReading,
  commitReadingOf,
  keepCommitReading,
} from '../src/store/commit-readings.ts'
import type { Database } from '../src/store/database.ts'
import { record } from '../src/store/record.ts'

/** How far a slice came: there is more of it, or nothing new is left. */
export type Slice = 'more' | 'all'

const nothingRead = { passed: 0, last: null, page: null }

/** What is read next: all that `tip` reaches and `base` does not. */
export async function beginRange(
  db: Database,
  repositoryId: number,
  range: Pick<CommitReading, 'tip' | 'base' | 'total'>,
): Promise<CommitReading | null> {
  await keepCommitReading(db, repositoryId, { ...range, ...nothingRead })
  return await commitReadingOf(db, repositoryId)
}

/** Records commits together with where the next ones begin, so that a kill loses neither. */
export async function recordCommits(
  repositoryId: number,
  given: {
    commits: readonly Commit[]
    /** newest first, from nothing known: then they say how far back it is known now */
    isFromBeginning: boolean
    kept: { passed: number; last: string | null; page: string | null; total?: number }
  },
  { db, hashEmail }: Pick<Deps, 'db' | 'hashEmail'>,
): Promise<void> {
  const { commits, isFromBeginning, kept } = given
  const recordings = commits.map((commit) => commitRecording(repositoryId, commit, hashEmail))
  const oldest = isFromBeginning ? commits.at(-1)?.occurredAt : undefined
  await db.transaction().execute(async (trx) => {
    await record(trx, combined(recordings))
    await keepCommitReading(trx, repositoryId, {
      ...kept,
      ...(oldest !== undefined && { oldest }),
    })
  })
}

/** All that `tip` reaches is recorded. */
export async function endRange(db: Database, repositoryId: number, tip: string): Promise<void> {
  const nothing = { tip: null, base: null, total: null, ...nothingRead }
  await keepCommitReading(db, repositoryId, { ...nothing, known_tip: tip })
}
