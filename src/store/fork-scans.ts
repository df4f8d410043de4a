import { sql } from 'kysely'
import type { Database, ForkScanTable } from './database.ts'
import { wantWork } from './work.ts'

export interface ForkScan {
  wantedAt: Date
  kind: ForkScanTable['kind']
  /** null: no scan is under way */
  startedAt: Date | null
  /** the lists that are still to be read, see jobs/fork-lists.ts; null: they are */
  walk: unknown
  /** how many things each kind of request asks for, see jobs/request-size.ts */
  sizes: unknown
  /** of upstream, as GitHub last showed them; null: it has none, or nobody looked */
  description: string | null
  defaultBranch: string | null
  /** the whole network and the direct forks, as GitHub counts them; null: nobody looked */
  networkSize: number | null
  /** `owner/name` of what the repository itself was forked from */
  parent: string | null
  /** pushes before are known; null: not of any time */
  pushedTo: Date | null
  /** when the latest whole scan ended; null: none has */
  scannedAt: Date | null
  /** when the latest scan of either kind ended */
  refreshedAt: Date | null
  points: number
  requests: number
  /** why branches are compared through the API; null: by git, where it can be */
  gitFailure: string | null
  /** why the latest scan ended before its end */
  failure: string | null
  /** since when it is known of each fork whether it has original commits; null: it is not */
  worksKnownSince: Date | null
}

/** Promises a scan in the caller's transaction. One that is under way goes on as it is. */
export async function wantForkScan(
  db: Database,
  repositoryId: number,
  { at, kind }: { at: Date; kind: ForkScanTable['kind'] },
): Promise<void> {
  await db
    .insertInto('fork_scans')
    .values({ repository_id: repositoryId, wanted_at: at, kind, sizes: sql`'{}'::jsonb` })
    .onConflict((conflict) =>
      conflict.column('repository_id').doUpdateSet({
        wanted_at: at,
        kind: sql<'whole'>`case when fork_scans.started_at is null then excluded.kind else fork_scans.kind end`,
        failure: null,
      }),
    )
    .execute()
  const key = String(repositoryId)
  await wantWork(db, { job: 'scan-forks', key, payload: { repositoryId } }, at)
}

/** Null where none was ever promised. */
export async function forkScanOf(db: Database, repositoryId: number): Promise<ForkScan | null> {
  const row = await db
    .selectFrom('fork_scans')
    .selectAll()
    .where('repository_id', '=', repositoryId)
    .executeTakeFirst()
  if (row === undefined) return null
  const { kind, walk, sizes, description, parent, points, requests, failure } = row
  return {
    ...{ kind, walk, sizes, description, parent, points, requests, failure },
    wantedAt: row.wanted_at,
    startedAt: row.started_at,
    defaultBranch: row.default_branch,
    networkSize: row.network_size,
    pushedTo: row.pushed_to,
    scannedAt: row.scanned_at,
    refreshedAt: row.refreshed_at,
    gitFailure: row.git_failure,
    worksKnownSince: row.works_known_since,
  }
}

type Change = Partial<Omit<ForkScanTable, 'repository_id' | 'points' | 'requests'>>

/** Keeps what changed, in the transaction that keeps what was read. */
export async function keepForkScan(
  db: Database,
  repositoryId: number,
  { walk, sizes, ...change }: Change,
): Promise<void> {
  await db
    .updateTable('fork_scans')
    .set({
      ...change,
      ...(walk !== undefined && { walk: walk === null ? null : json(walk) }),
      ...(sizes !== undefined && { sizes: json(sizes) }),
    })
    .where('repository_id', '=', repositoryId)
    .execute()
}

const json = (value: object) => sql<object>`${JSON.stringify(value)}::jsonb`

/** Begins the scan that is promised: what it costs is counted from here. */
export async function beginForkScan(
  db: Database,
  repositoryId: number,
  { at, walk, kind }: { at: Date; walk: object; kind: ForkScan['kind'] },
): Promise<void> {
  await keepForkScan(db, repositoryId, {
    ...{ started_at: at, walk, kind, failure: null },
    // What stood in git's way a week ago may be gone.
    ...(kind === 'whole' && { git_failure: null }),
  })
  await db
    .updateTable('fork_scans')
    .set({ points: 0, requests: 0 })
    .where('repository_id', '=', repositoryId)
    .execute()
}

export async function countForkCost(
  db: Database,
  repositoryId: number,
  { points, requests }: { points: number; requests: number },
): Promise<void> {
  await db
    .updateTable('fork_scans')
    .set({
      points: sql<number>`points + ${points}`,
      requests: sql<number>`requests + ${requests}`,
    })
    .where('repository_id', '=', repositoryId)
    .execute()
}

/** All stages of a scan have ended: what was pushed before it began is known. */
export async function endForkScan(
  db: Database,
  repositoryId: number,
  { at, scan }: { at: Date; scan: Pick<ForkScan, 'kind' | 'startedAt'> },
): Promise<void> {
  await keepForkScan(db, repositoryId, {
    started_at: null,
    walk: null,
    pushed_to: scan.startedAt,
    refreshed_at: at,
    ...(scan.kind === 'whole' && { scanned_at: at }),
  })
}

/** Forks were compared by git: once all of them have been seen, it is known which have original commits. */
export async function noteWorksKnown(db: Database, repositoryId: number, at: Date): Promise<void> {
  await db
    .updateTable('fork_scans')
    .set({ works_known_since: at })
    .where('repository_id', '=', repositoryId)
    .where('scanned_at', 'is not', null)
    .where('works_known_since', 'is', null)
    .execute()
}

/** It cannot go on. What an earlier scan told stays known. */
export async function breakForkScanOff(
  db: Database,
  repositoryId: number,
  failure: string,
): Promise<void> {
  await keepForkScan(db, repositoryId, { started_at: null, walk: null, failure })
}
