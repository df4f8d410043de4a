import { type Generated, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type {
  AccountType,
  EvidenceKind,
  FactDetail,
  FactKind,
  Member,
  ThreadType,
} from '../events/fact.ts'
import { EmbeddedDatabase } from './pglite-pool.ts'

/** Everything keyed by GitHub's numeric ids; names are labels that change. */
export interface Tables {
  deliveries: DeliveryTable
  missed_deliveries: MissedDeliveryTable
  facts: FactTable
  retractions: { repository_id: number; kind: FactKind; key: string }
  accounts: AccountTable
  signatures: SignatureTable
  evidence: EvidenceTable
  /** two members that a person said are not one, the smaller first */
  refusals: { one: Member; other: Member; refused_at: Date }
  people: PeopleTable
  /** whose person may be another by now; see settlePeople */
  unsettled_members: { id: Generated<number>; member: Member }
  associations: AssociationTable
  threads: ThreadTable
  footprints: FootprintTable
  /** whose earlier issues and pull requests were read from GitHub */
  author_histories: { repository_id: number; account_id: number; read_at: Date }
  repositories: RepositoryTable
  day_counts: DayCountTable
  installations: InstallationTable
  publications: PublicationTable
  work: WorkTable
  /** people who asked not to be named, in any repository */
  hidden_accounts: { account_id: number; hidden_at: Date }
  /** keyed hashes of whom nothing is kept about, see `forgotten.ts` */
  forgotten: { hash: string }
  /** threads in which nothing is written */
  muted_threads: { repository_id: number; thread: number; muted_at: Date }
  /** what was told of people once, and in which pull request */
  milestones: { repository_id: number; account_id: number; milestone: string; thread: number }
  settings: { name: string; value: string }
  backfills: BackfillTable
  backfill_lanes: BackfillLaneTable
  commit_readings: CommitReadingTable
  turns: { name: string; holder: string; until: Date }
  api_budgets: ApiBudgetTable
  reconciliations: ReconciliationTable
  pauses: { repository_id: number; paused_at: Date }
  /** what GitHub showed and no webhook had told, by the day it happened */
  found_facts: { repository_id: number; day: Date; facts: number }
  /** GitHub asked an installation to be quiet for a while; `strikes`: so often in a row */
  api_pauses: { installation_id: number; until: Date; reason: string; strikes: number }
  api_costs: ApiCostTable
  forks: ForkTable
  fork_heads: ForkHeadTable
  fork_works: ForkWorkTable
  /** when a fork became what it is; the latest holds */
  fork_states: { repository_id: number; fork_id: number; at: Date; state: string; because: string }
  /** how many original commits a fork had since when; the latest holds, and none is none */
  fork_work_counts: { repository_id: number; fork_id: number; at: Date; original_commits: number }
  fork_scans: ForkScanTable
  /** sizes of the network that were passed while it was looked at, each once */
  fork_milestones: { repository_id: number; milestone: number; passed_at: Date }
  /** in small letters; the last repository that was called so */
  former_names: { owner_login: string; name: string; repository_id: number }
  digests: DigestTable
  sendings: SendingTable
  digest_checks: DigestCheckTable
  stale: StaleTable
  work_days: WorkDayTable
  member_spans: MemberSpanTable
  thread_waits: ThreadWaitTable
  week_measures: WeekMeasuresTable
  organization_weeks: OrganizationWeekTable
  /** by what configuration a repository's rollups tell people from bots */
  rollups: { repository_id: number; basis: string }
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

export interface AccountTable {
  id: number
  login: string
  type: AccountType
  seen_at: Date
}

export interface SignatureTable {
  hash: string
  domain: string | null
  human: boolean
  /** when GitHub was last asked whose it is; null: never */
  asked_at: Date | null
}

/** Who holds what in common with whoever else holds it. */
export interface EvidenceTable {
  /** `everywhere`, or the repository in which it holds */
  repository_id: number
  member: Member
  by: EvidenceKind
  value: string
  source: EvidenceSource
}

/** Evidence of commits is a set that grows; that of the others is replaced by what they say now. */
export type EvidenceSource = 'commits' | 'github' | 'mailmap' | 'person'

/** The repository's number of what holds in all of them. */
export const everywhere = 0

/** Who is one person, worked out from evidence and refusals. A repository's own rows win over those of `everywhere`. */
export interface PeopleTable {
  repository_id: number
  member: Member
  /** one of its members */
  person: Member
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
  configuration_notice: string | null
  configuration_read_at: Date | null
}

/** A day's latest counts, from its payloads; `forks` null: worked out from the history of stars. */
export interface DayCountTable {
  repository_id: number
  day: Date
  stars: number
  forks: number | null
  seen_at: Date
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
  /** its global id, where the API takes no other: a comment in a discussion */
  node_id: string | null
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

/** How far a repository's commits were read, see CommitReading. */
export interface CommitReadingTable {
  repository_id: number
  wanted_at: Date
  tip: string | null
  base: string | null
  total: number | null
  passed: number
  last: string | null
  page: string | null
  known_tip: string | null
  reached_to: Date | null
  git_failures: number
  git_failure: string | null
  finished_at: Date | null
  failure: string | null
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

/** A fork of a tracked repository, or a fork of one. Public ones alone. */
export interface ForkTable {
  /** the tracked repository */
  repository_id: number
  fork_id: number
  node_id: string
  /** null: GitHub calls it a fork no more */
  parent_id: number | null
  /** 1: of the repository itself */
  depth: number
  owner_id: number
  full_name: string
  created_at: Date
  pushed_at: Date | null
  /** the earliest push that is known of: it may have been earlier; null: never pushed to */
  first_pushed_at: Date | null
  stars: number
  forks: number
  archived: boolean
  disabled: boolean
  /** null: it has none, or upstream's */
  description: string | null
  has_issues: boolean
  /** the next ones are known of those that were looked into */
  default_branch: string | null
  releases: number | null
  threads: number | null
  outside_contributors: number | null
  branches: number | null
  seen_at: Date
  /** GitHub does not show it any more since about then */
  gone_at: Date | null
  /** where the next page of its own forks begins; and when the last one was read */
  forks_after: string | null
  forks_read_at: Date | null
  /** its branches are known as of this push */
  heads_of: Date | null
  /** so often in this scan GitHub could not answer for it */
  tries: Generated<number>
  problem: string | null
}

/** A branch of a fork, and how it stands to upstream's default branch. */
export interface ForkHeadTable {
  repository_id: number
  fork_id: number
  branch: string
  sha: string
  committed_at: Date | null
  /** what follows is about this commit; null: it was not compared yet */
  compared_sha: string | null
  against: string | null
  /** so many commits of upstream were known then; null: not all were */
  against_commits: number | null
  ahead: number | null
  behind: number | null
  /** null where nothing is in common; by the API always */
  merge_base: string | null
  /** null by the API */
  original_commits: number | null
  /** only where nothing is in common: whether upstream's patches or files are in it */
  shares_patches: boolean | null
  lane: 'git' | 'api' | null
  compared_at: Date | null
  problem: string | null
}

/** What a fork has made that upstream does not have, of all its branches together. */
export interface ForkWorkTable {
  repository_id: number
  fork_id: number
  original_commits: number
  commits: string[]
  subjects: string[]
  paths: string[]
  areas: string[]
  /** people, bots and AI agents left out */
  authors: number
  contributors: number
  first_at: Date | null
  last_at: Date | null
  /** when the latest of them were written, newest first; null: not known */
  written_at: string[] | null
  told_at: Date
}

/** How far a fork network was read. */
export interface ForkScanTable {
  repository_id: number
  wanted_at: Date
  /** whole: every fork is looked at; pushes: what is new */
  kind: 'whole' | 'pushes'
  /** null: no scan is under way */
  started_at: Date | null
  /** the lists that are still to be read; null: they are */
  walk: object | null
  sizes: object
  /** of the repository itself, as `default_branch` is */
  description: string | null
  default_branch: string | null
  network_size: number | null
  /** what the repository itself was forked from */
  parent: string | null
  /** pushes before are known */
  pushed_to: Date | null
  /** the latest whole scan ended */
  scanned_at: Date | null
  /** the latest scan of either kind ended */
  refreshed_at: Date | null
  /** of the scan under way, or the latest one */
  points: Generated<number>
  requests: Generated<number>
  /** why forks are compared through the API; null: by git */
  git_failure: string | null
  failure: string | null
  /** since then it is known of each fork whether it has original commits; null: it is not */
  works_known_since: Date | null
  /** the most forks that the network ever held; null: not known of any time */
  largest_size: number | null
}

/** A digest as it was published last. */
export interface DigestTable {
  repository_id: number
  week: string
  title: string
  markdown: string
  content: object
  counted_at: Date
}

/** The commit on which a check says that a digest failed; none as long as all is well. */
export interface DigestCheckTable {
  repository_id: number
  week: string
  sha: string
}

/** A week's digest on its way to one place. */
export interface SendingTable {
  repository_id: number
  week: string
  channel: string
  /** begun; stays when the outcome is unknown */
  attempted_at: Date | null
  sent_at: Date | null
  url: string | null
  failure: string | null
  failed_at: Date | null
}

/** A mark of the triggers that something kept is to be worked out anew, see `roll-up.ts`. */
export interface StaleTable {
  id: Generated<number>
  repository_id: number
  /** contributions of this day, and each week that ends after it begins */
  day: string | null
  /** how long this thread waits */
  thread: number | null
  /** somebody is another person, or another kind of person, in all that they did */
  member: Member | null
}

/** What one member contributed on one UTC day. */
export interface WorkDayTable {
  repository_id: number
  member: Member
  day: string
  kind: FactKind
  count: number
  first_at: Date
  last_at: Date
}

/** What `work_days` says of a member in all. */
export interface MemberSpanTable {
  repository_id: number
  member: Member
  first_at: Date
  last_at: Date
  /** pull requests */
  merges: number
}

export interface ThreadWaitTable {
  repository_id: number
  number: number
  /** somebody else said something, or it was closed; `infinity`: neither yet */
  waits_until: Date
  /** as for Time to First Response; null: a draft, or a bot opened it, or there is no answer yet */
  began_at: Date | null
  answered_at: Date | null
}

/** What a whole week was measured as. */
export interface WeekMeasuresTable {
  repository_id: number
  week_from: Date
  week_to: Date
  /** a hash of what else they depend on */
  basis: string
  measures: object
}

/** What a whole week of several repositories was measured as, for the one that tells of them. */
export interface OrganizationWeekTable extends Omit<WeekMeasuresTable, 'measures'> {
  /** whose week it is */
  told: number[]
  /** null: it is being measured, and `basis` is a token of whoever does */
  measures: object | null
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
  for (const each of [pool, queuePool]) {
    each.on('error', () => {})
    // One that drops while it is in use fails its query; the pool stops listening to it meanwhile.
    each.on('connect', (client) => client.on('error', () => {}))
  }
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
