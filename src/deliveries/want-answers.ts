import { z } from 'zod'
import { User } from '../events/account.ts'
import { type Command, commandsIn } from '../events/command.ts'
import { parsePayload } from '../events/payload.ts'
import { requestKey } from '../store/answer-requests.ts'
import type { Database } from '../store/database.ts'
import { isTracked } from '../store/repositories.ts'
import { wantWork } from '../store/work.ts'
import type { Delivery } from './delivery.ts'

const Comment = z.object({
  id: z.int(),
  body: z.string().nullish(),
  user: User.nullish(),
  performed_via_github_app: z.unknown().optional(),
})
const Said = z.object({
  action: z.string(),
  repository: z.object({ id: z.int() }),
  comment: Comment,
})
type Said = z.output<typeof Said>
const SaidOnIssue = Said.extend({ issue: z.object({ number: z.int() }) })
const SaidInDiscussion = Said.extend({
  discussion: z.object({ number: z.int() }),
  comment: Comment.extend({ node_id: z.string() }),
})

export interface AnswerRequest {
  repositoryId: number
  /** of the issue, pull request or discussion */
  number: number
  commentId: number
  /** GitHub's global id of a comment in a discussion, where no other leads to it; null elsewhere */
  nodeId: string | null
  asker: { id: number; login: string }
  commands: Command[]
}

/** Asks for answers to the commands in a new comment on an issue or pull request. */
export async function wantAnswers(delivery: Delivery, { db }: { db: Database }): Promise<void> {
  const said = parsePayload(delivery.name, SaidOnIssue, delivery.payload)
  await want(said, { number: said.issue.number, nodeId: null }, { db, at: delivery.at })
}

/** The same for a comment in a discussion, or a reply to one. */
export async function wantAnswersInDiscussion(
  delivery: Delivery,
  { db }: { db: Database },
): Promise<void> {
  const said = parsePayload(delivery.name, SaidInDiscussion, delivery.payload)
  const place = { number: said.discussion.number, nodeId: said.comment.node_id }
  await want(said, place, { db, at: delivery.at })
}

/**
 * An edited comment is not read again: a maintainer's edit could make somebody
 * say what they did not. What a bot or an App wrote is never a command, our own
 * answers included.
 */
async function want(
  { action, repository, comment }: Said,
  place: Pick<AnswerRequest, 'number' | 'nodeId'>,
  { db, at }: { db: Database; at: Date },
): Promise<void> {
  if (action !== 'created' || comment.user?.type !== 'User') return
  if (comment.performed_via_github_app != null) return
  const commands = commandsIn(comment.body ?? '')
  if (commands.length === 0 || !(await isTracked(db, repository.id))) return
  const payload: AnswerRequest = {
    repositoryId: repository.id,
    ...place,
    commentId: comment.id,
    asker: { id: comment.user.id, login: comment.user.login },
    commands,
  }
  await wantWork(db, { job: 'answer-command', key: requestKey(payload), payload }, at)
}
