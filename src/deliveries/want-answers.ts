import { z } from 'zod'
import { User } from '../events/account.ts'
import { type Command, commandsIn } from '../events/command.ts'
import { parsePayload } from '../events/payload.ts'
import type { Database } from '../store/database.ts'
import { isTracked } from '../store/repositories.ts'
import { wantWork } from '../store/work.ts'
import type { Delivery } from './delivery.ts'

const Payload = z.object({
  action: z.string(),
  repository: z.object({ id: z.int() }),
  issue: z.object({ number: z.int() }),
  comment: z.object({
    id: z.int(),
    body: z.string().nullish(),
    user: User.nullish(),
    performed_via_github_app: z.unknown().optional(),
  }),
})

export interface AnswerRequest {
  repositoryId: number
  number: number
  commentId: number
  asker: { id: number; login: string }
  commands: Command[]
}

/**
 * Asks for answers to the commands in a new comment. An edited comment is not
 * read again: a maintainer's edit could make somebody say what they did not.
 * What a bot or an App wrote is never a command, our own answers included.
 */
export async function wantAnswers(delivery: Delivery, { db }: { db: Database }): Promise<void> {
  const { action, repository, issue, comment } = parsePayload(
    delivery.name,
    Payload,
    delivery.payload,
  )
  if (action !== 'created' || comment.user?.type !== 'User') return
  if (comment.performed_via_github_app != null) return
  const commands = commandsIn(comment.body ?? '')
  if (commands.length === 0 || !(await isTracked(db, repository.id))) return
  const payload: AnswerRequest = {
    repositoryId: repository.id,
    number: issue.number,
    commentId: comment.id,
    asker: { id: comment.user.id, login: comment.user.login },
    commands,
  }
  await wantWork(
    db,
    { job: 'answer-command', key: `${repository.id}/${comment.id}`, payload },
    delivery.at,
  )
}
