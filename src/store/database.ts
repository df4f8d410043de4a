import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { AccountType, FactDetail, FactKind, ThreadType } from '../events/fact.ts'
import { EmbeddedDatabase } from './pglite-pool.ts'

/** Everything keyed by GitHub's numeric ids; names are labels that change. */
export interface Tables {
  deliveries: DeliveryTable
  missed_deliveries: MissedDeliveryTable
  facts: FactTable
  retractions: { repository_id: number; kind: FactKind; key: string }
  accounts: { id: number; login: string; type: AccountType; seen_at: Date }
  signatures: SignatureTable
  associations: AssociationTable
  threads: ThreadTable
  footprints: FootprintTable
  /** whose earlier issues and pull requests were read from GitHub */
  author_histories: { repository_id: number; account_id: number; read_at: Date }
  repositories: RepositoryTable
  day_counts: { repository_id: number; day: Date; stars: number; forks: number; seen_at: Date }
  installations: InstallationTable
  publications: PublicationTable
  work: WorkTable
  /** people who asked not to be named, in any repository */
  hidden_accounts: { account_id: number; hidden_at: Date }
  settings: { name: string; value: string }
  backfills: BackfillTable
  backfill_lanes: BackfillLaneTable
  turns: { name: string; holder: string; until: Date }
  api_budgets: ApiBudgetTable
  reconciliations: ReconciliationTable
  pauses: { repository_id: number; paused_at: Date }
  /** what GitHub showed and no webhook had told, by the day it happened */
  found_facts: { repository_id: number; day: Date; facts: number }
  /** GitHub asked an installation to be quiet for a while; `strikes`: so often in a row */
  api_pauses: { installation_id: number; until: Date; reason: string; strikes: number }
  api_costs: ApiCostTable
}

export interface DeliveryTable {
  guid: string
  event: string
  body: string
  body_sha256: string
  received_at: Date
  /** how often recording was begun: a delivery that kills the process must not do so for ever */
  attempts: number
  recorded_at: Date | null
  failed_at: Date | null
  failure: string | null
  repository_id: number | null
}

export interface MissedDeliveryTable {
  guid: string
  event: string
  repository_id: number | null
  delivered_at: Date
  recovered_at: Date | null
  lost_reason: string | null
}

export interface FactTable {
  repository_id: number
  kind: FactKind
  key: string
  occurred_at: Date
  account_id: number | null
  signature: string | null
  thread: number | null
  detail: FactDetail
}

export interface SignatureTable {
  hash: string
  domain: string | null
  account_id: number | null
  login: string | null
  human: boolean
}

/** Inside or not, from the first to the last time that GitHub said so. */
export interface AssociationTable {
  repository_id: number
  account_id: number
  inside: boolean
  first_at: Date
  last_at: Date
}

export interface ThreadTable {
  repository_id: number
  number: number
  type: ThreadType
  updated_at: Date
  title: string
  open: boolean
  draft: boolean
  created_at: Date
  author_id: number | null
  closed_at: Date | null
  merged_at: Date | null
  merge_sha: string | null
  head_repository_id: number | null
}

/** What a pull request changes, read from GitHub once when it is opened and once when it is merged. */
export interface FootprintTable {
  repository_id: number
  number: number
  areas: string[]
  read_at: Date
}

export interface RepositoryTable {
  id: number
  installation_id: number | null
  owner_id: number
  owner_login: string
  owner_type: AccountType
  name: string
  default_branch: string
  private: boolean
  archived: boolean
  stars: number
  forks: number
  seen_at: Date
  /** since when an installation covers it; null for one that is only known of */
  tracked_at: Date | null
  /** when it left: its data is erased after the grace period */
  untracked_at: Date | null
  /** when the installation last said whether it covers it */
  tracking_seen_at: Date | null
  /** last valid `.github/groundswell.yml`, as parsed */
  configuration: object | null
  configuration_problem: string | null
  configuration_read_at: Date | null
}

export interface InstallationTable {
  id: number
  account_id: number
  account_login: string
  suspended: boolean
  deleted_at: Date | null
  seen_at: Date
}

export interface PublicationTable {
  repository_id: number
  kind: string
  key: string
  /** random, in the marker: tells a body of ours from a copy */
  nonce: string
  thread: number | null
  /** GitHub's id of the comment or issue; null until it is known */
  github_id: number | null
  body_sha256: string | null
  /** a person deleted it: it stays deleted */
  gone_at: Date | null
  /** begun, outcome unknown until `posted_at` is set */
  attempted_at: Date | null
  posted_at: Date | null
  updated_at: Date | null
  lease_token: string | null
  lease_until: Date | null
}

/** Work that was promised when facts were recorded; the queue may forget it, this table does not. */
export interface WorkTable {
  job: string
  key: string
  payload: object
  version: number
  done_version: number
  /** at this version */
  attempts: number
  wanted_at: Date
  /** being done, waiting for a limit, or for its next retry: not for the sweep before this */
  rest_until: Date | null
  failed_at: Date | null
  failure: string | null
}

/** The reading of one repository's history, promised once. */
export interface BackfillTable {
  repository_id: number
  wanted_at: Date
  started_at: Date | null
  repository_created_at: Date | null
  /** pull requests and issues opened since are known; null: not all of any time */
  reached_to: Date | null
  points: number
  requests: number
  finished_at: Date | null
  /** why it ended before its end */
  failure: string | null
}

export interface BackfillLaneTable {
  repository_id: number
  lane: string
  /** how many there were at the start; null where GitHub does not let us look */
  total: number | null
  cursor: string | null
  page_size: number
  /** since the page size last changed */
  good_pages: number
  pages_done: boolean
  /** conversations that are not read to their end */
  rests: object[]
  /** they are read now, and pages wait; else they are gathered, since many cost no more than one */
  reads_rests: boolean
  /** when the oldest thing on the latest page was made */
  oldest_at: Date | null
  reached_to: Date | null
  finished_at: Date | null
  failure: string | null
}

/** The comparison of one repository with what GitHub shows. */
export interface ReconciliationTable {
  repository_id: number
  /** what changed before is known */
  compared_to: Date
  /** a comparison under way that one request was not enough for */
  walk: object | null
}

/** What is left of an hour's allowance, as GitHub's latest answer told. */
export interface ApiBudgetTable {
  installation_id: number
  resource: 'core' | 'graphql'
  allowed: number
  remaining: number
  resets_at: Date
  seen_at: Date
}

/** What a day's requests cost. */
export interface ApiCostTable {
  installation_id: number
  /** 0: of no single repository */
  repository_id: number
  purpose: string
  day: Date
  points: number
  requests: number
}

export type Database = Kysely<Tables>

/** What BullMQ and Kysely both accept. */
type Pool = ConstructorParameters<typeof PostgresDialect>[0]['pool']

export interface OpenDatabase {
  db: Database
  /** the same for what GitHub waits for: on the embedded engine its queries go first */
  urgentDb: Database
  /** for BullMQ: its names resolve in schema `bullmq` */
  queuePool: pg.Pool
  embedded: boolean
  close(): Promise<void>
}

/** Ids fit in a double; node-postgres gives bigints as text unless told otherwise. */
const types = {
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)) as never,
}

/** Connects to PostgreSQL 14 or later. */
export function openPostgres(connectionString: string): OpenDatabase {
  const shared = { connectionString, keepAlive: true, connectionTimeoutMillis: 5_000 }
  const pool = new pg.Pool({ ...shared, max: 10, types, statement_timeout: 60_000 })
  const queuePool = new pg.Pool({ ...shared, max: 10, options: '-c search_path=bullmq' })
  // An idle connection that drops is replaced at the next query; unheard, it would end the process.
  pool.on('error', () => {})
  queuePool.on('error', () => {})
  queuePool.setMaxListeners(0) // each BullMQ queue and worker listens on it
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return {
    db,
    urgentDb: db,
    queuePool,
    embedded: false,
    close: async () => {
      await db.destroy()
      await queuePool.end()
    },
  }
}

/** PGlite never checkpoints by itself; without this its log grows without end. */
const checkpointEveryMs = 5 * 60_000

/** Opens the embedded engine in a folder, or in memory (null). The folder's lock is the caller's. */
export async function openEmbedded(dataDir: string | null): Promise<OpenDatabase> {
  const embedded = await EmbeddedDatabase.open(dataDir)
  const pool = embedded.pool('number')
  // One session serves both: ours come first, BullMQ's migrations name their schema themselves.
  await pool.query('set search_path to public, bullmq')
  const checkpoints = setInterval(() => {
    pool.query('checkpoint').catch(() => {})
  }, checkpointEveryMs)
  checkpoints.unref()
  // as: a pool of ours has what Kysely and BullMQ call, not all of pg.Pool
  const asPool = (own: unknown) => own as Pool & pg.Pool
  const over = (own: unknown) =>
    new Kysely<Tables>({ dialect: new PostgresDialect({ pool: asPool(own) }) })
  const db = over(pool)
  const urgentDb = over(embedded.pool('number', { urgent: true }))
  return {
    db,
    urgentDb,
    queuePool: asPool(embedded.pool('string')),
    embedded: true,
    close: async () => {
      clearInterval(checkpoints)
      await db.destroy()
      await urgentDb.destroy()
      await embedded.close()
    },
  }
}
