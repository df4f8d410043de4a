import { sql } from 'kysely'
import type { Member } from '../events/fact.ts'
import type { Database } from './database.ts'
import { creditedRows, memberOfFact } from './facts.ts'

/** Brings the spans of these members up to their days; given how many merges more each has now. */
export async function keepSpans(
  db: Database,
  repositoryId: number,
  more: ReadonlyMap<Member, number>,
): Promise<void> {
  if (more.size === 0) return
  const members = [...more.keys()]
  const merges = [...more.values()]
  await sql`
    insert into member_spans (repository_id, member, first_at, last_at, merges)
    select ${repositoryId}::bigint, more.member, first.at, last.at,
      coalesce(former.merges, 0) + more.merges
    from unnest(${members}::text[], ${merges}::int[]) as more (member, merges)
    left join member_spans as former
      on former.repository_id = ${repositoryId} and former.member = more.member
    cross join lateral (
      select first_at as at from work_days
      where repository_id = ${repositoryId} and member = more.member
      order by day, first_at limit 1
    ) as first
    cross join lateral (
      select last_at as at from work_days
      where repository_id = ${repositoryId} and member = more.member
      order by day desc, last_at desc limit 1
    ) as last
    on conflict (repository_id, member) do update set
      first_at = excluded.first_at, last_at = excluded.last_at, merges = excluded.merges`.execute(
    db,
  )
  await sql`
    delete from member_spans
    where repository_id = ${repositoryId} and member = any(${members}::text[])
      and not exists (
        select from work_days
        where work_days.repository_id = member_spans.repository_id
          and work_days.member = member_spans.member
      )`.execute(db)
}

/** What one member contributed, in all and before an instant. */
export interface Past {
  member: Member
  first_at: Date
  last_before_at: Date | null
  merged_before: number
}

/**
 * Found by index from the days on which they did anything, so that a long past
 * costs no more than a short one. Whoever never contributed is left out.
 */
export async function pastsOf(
  db: Database,
  request: { repositoryId: number; members: readonly Member[]; before: Date },
): Promise<Past[]> {
  const { repositoryId, members, before } = request
  if (members.length === 0) return []
  const day = before.toISOString().slice(0, 10)
  const { rows } = await sql<Past>`
    select spans.member, spans.first_at, past.last_at as last_before_at,
      spans.merges - later.merges as merged_before
    from unnest(${[...members]}::text[]) as given (member)
    cross join lateral (
      select member, first_at, merges from member_spans
      where repository_id = ${repositoryId} and member = given.member
      limit 1
    ) as spans
    left join lateral (
      select last_at from work_days
      where repository_id = ${repositoryId} and member = given.member and day < ${day}::date
      order by day desc, last_at desc limit 1
    ) as past on true
    cross join lateral (
      select coalesce(sum(count), 0)::int as merges from work_days
      where repository_id = ${repositoryId} and member = given.member and day >= ${day}::date
        and kind = 'pull_request.merged'
    ) as later`.execute(db)
  const sameDay = await doneOnTheDay(db, request)
  return rows.map((past) => {
    const lately = sameDay.get(past.member)
    return lately === undefined
      ? past
      : {
          ...past,
          last_before_at: lately.last_at,
          merged_before: past.merged_before + lately.merges,
        }
  })
}

/** What they did on the day of an instant before it: outside UTC a week begins within a day. */
async function doneOnTheDay(
  db: Database,
  { repositoryId, members, before }: Parameters<typeof pastsOf>[1],
) {
  const midnight = new Date(before.toISOString().slice(0, 10))
  if (midnight.getTime() === before.getTime()) return new Map<Member, never>()
  const rows = await creditedRows(db, repositoryId)
    .where('facts.occurred_at', '>=', midnight)
    .where('facts.occurred_at', '<', before)
    .where(sql<boolean>`${memberOfFact} = any(${[...members]}::text[])`)
    .select([
      sql<Member>`${memberOfFact}`.as('member'),
      sql<Date>`max(facts.occurred_at)`.as('last_at'),
      sql<number>`count(*) filter (where facts.kind = 'pull_request.merged')::int`.as('merges'),
    ])
    .groupBy(sql`1`)
    .execute()
  return new Map(rows.map((row) => [row.member, row]))
}
