import { sql } from 'kysely'
import type { Database } from './database.ts'

/** The comment that asked. */
interface AskingComment {
  repositoryId: number
  commentId: number
  /** its global id in a discussion; null on an issue or pull request */
  nodeId: string | null
}

/** What an answer is known by in its repository: comments in discussions are numbered apart from the others. */
export function answerKey({ commentId, nodeId }: Omit<AskingComment, 'repositoryId'>): string {
  return nodeId === null ? String(commentId) : `discussion-${commentId}`
}

/** The key of the work that a request is. */
export function requestKey(asking: AskingComment): string {
  return `${asking.repositoryId}/${answerKey(asking)}`
}

/** Answers that were asked for about an account, as far as the requests are still kept. */
export async function answersAbout(db: Database, login: string): Promise<AskingComment[]> {
  const { rows } = await sql<AskingComment>`
    select (payload->>'repositoryId')::bigint as "repositoryId",
      (payload->>'commentId')::bigint as "commentId",
      payload->>'nodeId' as "nodeId"
    from work
    where job = 'answer-command' and ${isAbout(login)}
    order by key`.execute(db)
  return rows
}

/**
 * Forgets what an account asked for, and what was asked about it. A request
 * that is still open stays, and is emptied when it is answered.
 */
export async function eraseRequests(
  db: Database,
  { id, login }: { id: number; login: string },
): Promise<void> {
  await sql`
    delete from work
    where job = 'answer-command' and done_version >= version
      and (payload->'asker'->>'id' = ${String(id)} or ${isAbout(login)})`.execute(db)
}

/** Leaves of an answered request that there was one. */
export async function emptyRequest(db: Database, asking: AskingComment): Promise<void> {
  const nothing = { asker: { id: 0, login: 'ghost' }, commands: [] }
  await db
    .updateTable('work')
    .set({ payload: sql`payload || ${JSON.stringify(nothing)}::jsonb` })
    .where('job', '=', 'answer-command')
    .where('key', '=', requestKey(asking))
    .execute()
}

const isAbout = (login: string) => sql`exists (
  select from jsonb_array_elements(payload->'commands') as command
  where lower(command->>'argument') = ${login.toLowerCase()}
)`
