import { sql } from 'kysely'
import type { Evidence, Member } from '../events/fact.ts'
import { recording } from '../events/recording.ts'
import type { Database } from './database.ts'
import { replaceEvidenceOf } from './evidence.ts'
import { accountMember } from './person-members.ts'
import { withoutForgotten } from './without-forgotten.ts'
import { wantWork } from './work.ts'

const dayMs = 24 * 60 * 60_000
/** "Nobody" may be somebody by then: people add addresses to their accounts. */
const askAgainAfterMs = 90 * dayMs

/** A signature of which GitHub may know whose it is, and a commit that has it. */
export interface UnknownSignature {
  hash: string
  sha: string
}

/**
 * People's signatures in a repository that lead to no account by its number,
 * GitHub not having been asked for 90 days. A login is not enough: it is recycled.
 */
export async function unknownSignatures(
  db: Database,
  repositoryId: number,
  { at, among, limit }: { at: Date; among?: readonly string[]; limit: number },
): Promise<UnknownSignature[]> {
  const { rows } = await sql<UnknownSignature>`
    select signatures.hash, split_part(signed.key, ':', 1) as sha
    from signatures
    cross join lateral (
      select facts.key from facts
      where facts.repository_id = ${repositoryId} and facts.signature = signatures.hash
        and facts.kind in ('commit.authored', 'commit.coauthored')
      order by facts.occurred_at desc
      limit 1
    ) as signed
    where signatures.human
      and (signatures.asked_at is null or signatures.asked_at < ${new Date(at.getTime() - askAgainAfterMs)})
      and ${among === undefined ? sql`true` : sql`signatures.hash = any(${[...among]}::text[])`}
      and not exists (
        select from evidence
        join accounts on accounts.id = case when evidence.by = 'account' then evidence.value::bigint end
        where evidence.member = 'signature:' || signatures.hash
      )
    order by signatures.hash
    limit ${limit}`.execute(db)
  return rows
}

/** Promises to ask GitHub whose they are. False when there is nobody to ask about. */
export async function wantResolution(
  db: Database,
  repositoryId: number,
  { at, among }: { at: Date; among?: readonly string[] },
): Promise<boolean> {
  const asked = among === undefined ? { at } : { at, among }
  const [unknown] = await unknownSignatures(db, repositoryId, { ...asked, limit: 1 })
  if (unknown === undefined) return false
  const key = String(repositoryId)
  await wantWork(db, { job: 'resolve-signatures', key, payload: { repositoryId } }, at)
  return true
}

/** What GitHub answered about signatures; `accountId` null: it links nobody. */
export async function keepAnswers(
  db: Database,
  answers: readonly { hash: string; accountId: number | null }[],
  at: Date,
): Promise<void> {
  if (answers.length === 0) return
  await db
    .updateTable('signatures')
    .set({ asked_at: at })
    .where(
      'hash',
      'in',
      answers.map(({ hash }) => hash),
    )
    .execute()
  const linked = answers.flatMap(({ hash, accountId }) =>
    accountId === null ? [] : [{ member: `signature:${hash}` as const, accountId }],
  )
  const evidence = linked.flatMap(({ member, accountId }) =>
    [member, accountMember(accountId)].map(
      (holder): Evidence => ({
        ...{ repositoryId: null, member: holder },
        ...{ by: 'account', value: String(accountId) },
      }),
    ),
  )
  // An address that has left its account was that account's when it signed.
  await replaceEvidenceOf(
    db,
    linked.map(({ member }): Member => member),
    { source: 'github', evidence: (await withoutForgotten(db, recording({ evidence }))).evidence },
  )
}
