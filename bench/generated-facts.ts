import { type RawBuilder, sql } from 'kysely'
import { type Week, weekAfter } from '../src/metrics/window.ts'
import type { Database } from '../src/store/database.ts'

/** What happens in a large project in a week, by kind. */
const perWeek = {
  'pull_request.opened': 400,
  'pull_request.ready_for_review': 40,
  'pull_request.merged': 300,
  'pull_request.closed': 50,
  'issues.opened': 200,
  'issues.closed': 170,
  'commit.authored': 380,
  'issue_comment.created': 2_000,
  'pull_request_review.submitted': 700,
  'pull_request_review_comment.created': 400,
  'star.created': 300,
  fork: 60,
} as const
export const weeklyFacts = Object.values(perWeek).reduce((sum, count) => sum + count, 0)

const threadsPerWeek = perWeek['pull_request.opened'] + perWeek['issues.opened']
/** People who are there all along, and those who come in a week and mostly leave again. */
const regulars = 300
const newcomersPerWeek = 120

interface Filled {
  repositoryId: number
  week: Week
  /** how many, at least */
  facts: number
}

/** Fills an empty store with the history of one project until a week was over, week after week alike. */
export async function fillHistory(db: Database, { repositoryId, week, facts }: Filled) {
  const weeks = Math.ceil(facts / weeklyFacts)
  const began = weekAfter(week, 1 - weeks).from
  const made = { repositoryId, weeks, began }
  await makeRepository(db, made)
  await makeThreads(db, made)
  for (const [kind, count] of Object.entries(perWeek)) await makeFacts(db, { ...made, kind, count })
}

interface Made {
  repositoryId: number
  weeks: number
  began: Date
}

/** A number that is always the same for the same parts, spread evenly from 0 to `below` - 1. */
const pick = (below: number | RawBuilder<unknown>, ...parts: RawBuilder<unknown>[]) =>
  sql`((hashtextextended(${sql.join(parts, sql` || ' ' || `)}, 47) & 9007199254740991) % ${below})`

/** Somebody in a week: mostly a regular, else somebody of the latest weeks; bots say something now and then. */
const somebody = (weekNumber: RawBuilder<unknown>, seed: RawBuilder<unknown>) => sql`(
  case
    when ${pick(10, seed, sql`'who'`)} < 1 then 9000000 + ${pick(3, seed, sql`'bot'`)}
    when ${pick(10, seed, sql`'who'`)} < 7 then 1 + ${pick(regulars, seed, sql`'regular'`)}
    else 1000 + greatest(0, ${weekNumber} - ${pick(3, seed, sql`'since'`)}) * ${newcomersPerWeek}
      + ${pick(newcomersPerWeek, seed, sql`'newcomer'`)}
  end)`

async function makeRepository(db: Database, { repositoryId, weeks, began }: Made): Promise<void> {
  await sql`
    insert into accounts (id, login, type, seen_at)
    select id, case when id >= 9000000 then 'robot-' || id || '[bot]' else 'person-' || id end,
      case when id >= 9000000 then 'Bot' else 'User' end, ${began}
    from (
      select generate_series(1, ${regulars}::int) as id
      union all select generate_series(1000, 1000 + ${weeks * newcomersPerWeek}::int)
      union all select generate_series(9000000, 9000002)
    ) as everybody`.execute(db)
  await sql`
    insert into associations (repository_id, account_id, inside, first_at, last_at)
    select ${repositoryId}, id, id <= ${regulars / 3}, ${began}, now()
    from accounts where type = 'User'`.execute(db)
  await sql`
    insert into author_histories (repository_id, account_id, read_at)
    select ${repositoryId}, id, ${began} from accounts`.execute(db)
  await sql`
    insert into signatures (hash, domain, human)
    select 'signed-' || id, 'example.org', true from generate_series(1, ${regulars}::int) as id`.execute(
    db,
  )
  // Half of the regulars also commit under a signature of their own.
  await sql`
    insert into evidence (repository_id, member, by, value, source)
    select 0, member, 'account', id::text, 'commits'
    from generate_series(1, ${regulars}::int, 2) as id
    cross join lateral (values ('signature:signed-' || id), ('account:' || id)) as one (member)`.execute(
    db,
  )
  await sql`insert into unsettled_members (member) select distinct member from evidence`.execute(db)
  await sql`
    insert into installations (id, account_id, account_login, suspended, seen_at)
    values (1, 500, 'example-lab', false, ${began})`.execute(db)
  await sql`
    insert into repositories (id, installation_id, owner_id, owner_login, owner_type, name,
      default_branch, private, archived, stars, forks, seen_at, tracked_at)
    values (${repositoryId}, 1, 500, 'example-lab', 'Organization', 'engine',
      'main', false, false, 90000, 9000, ${began}, ${began})`.execute(db)
  await sql`
    insert into backfills (repository_id, wanted_at, repository_created_at, reached_to, points,
      requests, finished_at)
    values (${repositoryId}, ${began}, ${began}, ${began}, 0, 0, ${began})`.execute(db)
  await sql`
    insert into commit_readings (repository_id, wanted_at, passed, known_tip, git_failures)
    values (${repositoryId}, ${began}, 0, 'tip', 0)`.execute(db)
}

/** Pull requests and issues; one in twenty is never closed. */
async function makeThreads(db: Database, { repositoryId, weeks, began }: Made): Promise<void> {
  const number = sql`number::text`
  await sql`
    insert into threads (repository_id, number, type, updated_at, title, open, draft, created_at,
      author_id, closed_at, merged_at, merge_sha)
    select ${repositoryId}, number, type, coalesce(ended_at, created_at), 'Change number ' || number,
      ended_at is null, false, created_at, author, ended_at,
      case when type = 'pull_request' and ${pick(10, number, sql`'merged'`)} < 8 then ended_at end,
      case when type = 'pull_request' and ${pick(10, number, sql`'merged'`)} < 8 and ended_at is not null
        then 'sha-' || number end
    from (
      select *,
        case when ${pick(20, number, sql`'stays'`)} > 0 then
          created_at + ${pick(240, number, sql`'hours'`)} * interval '1 hour'
        end as ended_at
      from (
        select number,
          case when ${pick(3, number, sql`'type'`)} < 2 then 'pull_request' else 'issue' end as type,
          ${began}::timestamptz + (number * 604800.0 / ${threadsPerWeek}) * interval '1 second'
            as created_at,
          ${somebody(sql`(number / ${threadsPerWeek}::int)`, number)} as author
        from generate_series(1, ${weeks * threadsPerWeek - 1}::int) as number
      ) as opened
    ) as threads_made`.execute(db)
}

/** One kind of fact, in each week at even distances, about threads that are mostly new. */
async function makeFacts(
  db: Database,
  { repositoryId, weeks, began, kind, count }: Made & { kind: string; count: number },
): Promise<void> {
  const key = sql`(${kind}::text || n)`
  const isOfThread = !['star.created', 'fork', 'commit.authored'].includes(kind)
  const isCommit = kind === 'commit.authored'
  await sql`
    insert into facts (repository_id, kind, key, occurred_at, account_id, signature, thread, detail)
    select ${repositoryId}, ${kind}, n::text, at,
      case when ${isCommit} then null else ${somebody(sql`(n / ${count}::int)`, key)} end,
      case when ${isCommit} then 'signed-' || 1 + ${pick(regulars, key, sql`'signed'`)} end,
      case when ${isOfThread} then thread end, '{}'
    from (
      select n,
        ${began}::timestamptz + (n * 604800.0 / ${count}) * interval '1 second' as at,
        greatest(1, (n::bigint * ${threadsPerWeek} / ${count}) - case
          when ${pick(20, key, sql`'thread'`)} < 14 then ${pick(threadsPerWeek, key, sql`'age'`)}
          when ${pick(20, key, sql`'thread'`)} < 19 then ${pick(threadsPerWeek * 4, key, sql`'age'`)}
          else ${pick(sql`greatest(1, n::bigint * ${threadsPerWeek} / ${count})`, key, sql`'age'`)}
        end)::int as thread
      from generate_series(1, ${weeks * count - 1}::int) as n
    ) as happened`.execute(db)
}
