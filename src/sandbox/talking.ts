import type { Thread } from './entities.ts'
import { labelsNamed } from './labels.ts'
import { commentPayload, issuePayload } from './payloads.ts'
import type { Services } from './rest/operation.ts'
import { isPull, type PullThread } from './shapes/pull-request.ts'
import { telling } from './telling.ts'
import { editThread, newComment, newThread, react, setOpen } from './threads.ts'
import type { World } from './world.ts'

/** What people do in issues and under pull requests. Every action tells the App. */
export function talking({ world, deliveries }: Services) {
  const tell = telling({ world, deliveries })

  /** Tells the App what has become of an issue. */
  const aboutIssue = (action: string, fullName: string, number: number, by: string) => {
    const repository = world.repository(fullName)
    const thread = threadOf(world, fullName, number)
    const payload = issuePayload(world, action, { repository, thread })
    return tell('issues', { repository: fullName, by }, payload)
  }

  return {
    async openIssue(
      fullName: string,
      given: { author: string; title?: string; body?: string; labels?: string[] },
    ) {
      const repository = world.repository(fullName)
      const { number } = newThread(world, repository, {
        title: given.title ?? 'The model answers in the wrong language',
        body: given.body ?? null,
        author: world.account(given.author),
        labels: labelsNamed(world, repository, given.labels ?? []),
      })
      return { number, ...(await aboutIssue('opened', fullName, number, given.author)) }
    },

    editIssue(
      fullName: string,
      number: number,
      given: { by: string; title?: string; body?: string },
    ) {
      const repository = world.repository(fullName)
      const thread = threadOf(world, fullName, number)
      const changes = editThread(world, thread, given)
      const payload = issuePayload(world, 'edited', { repository, thread }, changes)
      return tell('issues', { repository: fullName, by: given.by }, payload)
    },

    closeIssue(
      fullName: string,
      number: number,
      given: { by: string; reason?: 'completed' | 'not_planned' },
    ) {
      setOpen(world, threadOf(world, fullName, number), {
        open: false,
        by: world.account(given.by),
        reason: given.reason ?? 'completed',
      })
      return aboutIssue('closed', fullName, number, given.by)
    },

    reopenIssue(fullName: string, number: number, { by }: { by: string }) {
      setOpen(world, threadOf(world, fullName, number), { open: true, by: world.account(by) })
      return aboutIssue('reopened', fullName, number, by)
    },

    /** Gone with everything that was said in it. */
    deleteIssue(fullName: string, number: number, { by }: { by: string }) {
      const told = aboutIssue('deleted', fullName, number, by)
      const repository = world.repository(fullName)
      repository.threads.delete(number)
      repository.deletedNumbers.add(number)
      return told
    },

    async comment(fullName: string, number: number, given: { author: string; body?: string }) {
      const thread = threadOf(world, fullName, number)
      const author = world.account(given.author)
      const comment = newComment(world, thread, { author, body: given.body ?? 'I see this too.' })
      const at = { repository: world.repository(fullName), thread, comment }
      const told = await tell(
        'issue_comment',
        { repository: fullName, by: given.author },
        commentPayload(world, 'created', at),
      )
      return { commentId: comment.id, ...told }
    },

    editComment(fullName: string, commentId: number, given: { by: string; body: string }) {
      const { thread, comment } = commentOf(world, fullName, commentId)
      const from = comment.body
      comment.body = given.body
      comment.updatedAt = world.now()
      const at = { repository: world.repository(fullName), thread, comment }
      const payload = commentPayload(world, 'edited', at, { body: { from } })
      return tell('issue_comment', { repository: fullName, by: given.by }, payload)
    },

    deleteComment(fullName: string, commentId: number, { by }: { by: string }) {
      const { thread, comment } = commentOf(world, fullName, commentId)
      const at = { repository: world.repository(fullName), thread, comment }
      const payload = commentPayload(world, 'deleted', at)
      thread.comments = thread.comments.filter((other) => other !== comment)
      return tell('issue_comment', { repository: fullName, by }, payload)
    },

    /** GitHub sends no webhook for a reaction. */
    react(fullName: string, number: number, given: { by: string; content: string }) {
      const { reactions } = threadOf(world, fullName, number)
      react(world, reactions, { content: given.content, user: world.account(given.by) })
    },
  }
}

export function threadOf(world: World, fullName: string, number: number): Thread {
  const thread = world.repository(fullName).threads.get(number)
  if (!thread) throw new Error(`${fullName} has no issue or pull request ${number}`)
  return thread
}

export function pullOf(world: World, fullName: string, number: number): PullThread {
  const thread = threadOf(world, fullName, number)
  if (!isPull(thread)) throw new Error(`${fullName}#${number} is an issue, not a pull request`)
  return thread
}

function commentOf(world: World, fullName: string, id: number) {
  for (const thread of world.repository(fullName).threads.values()) {
    const comment = thread.comments.find((item) => item.id === id)
    if (comment) return { thread, comment }
  }
  throw new Error(`${fullName} has no comment ${id}`)
}
