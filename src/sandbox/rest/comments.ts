import { z } from 'zod'
import { notFound } from '../api-error.ts'
import type { Reaction } from '../entities.ts'
import { commentPayload } from '../payloads.ts'
import { commentShape, reactionShape } from '../shapes/issue.ts'
import { newComment, react } from '../threads.ts'
import { checkBody } from './issues.ts'
import type { Call, Operation } from './operation.ts'
import { page, sorted, updatedSince } from './page.ts'

const Body = z.object({ body: z.string().min(1) })

const NewReaction = z.object({
  content: z.enum(['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'rocket', 'eyes']),
})

const needs = { issues: 'write', pull_requests: 'write' } as const
const oneComment = '/repos/{owner}/{repo}/issues/comments/{comment_id}'

export const commentOperations: Operation[] = [
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/issues/{issue_number}/comments',
    caller: 'repository',
    needs: { issues: 'read', pull_requests: 'read' },
    handle: (call) => {
      const { world, repository, thread } = call
      const shownFrom = world.now().getTime() - call.services.listLag.seconds * 1000
      const shown = thread.comments.filter(({ createdAt }) => createdAt.getTime() <= shownFrom)
      return page(call, updatedSince(call, shown), (comment) =>
        commentShape(world, { repository, thread }, comment),
      )
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/issues/comments',
    caller: 'repository',
    needs: { issues: 'read', pull_requests: 'read' },
    handle: listComments,
  },
  {
    method: 'POST',
    path: '/repos/{owner}/{repo}/issues/{issue_number}/comments',
    caller: 'repository',
    needs,
    handle: createComment,
  },
  {
    method: 'GET',
    path: oneComment,
    caller: 'repository',
    needs: { issues: 'read', pull_requests: 'read' },
    handle: (call) => {
      const { thread, comment } = commentOf(call)
      return {
        status: 200,
        body: commentShape(call.world, { repository: call.repository, thread }, comment),
      }
    },
  },
  { method: 'PATCH', path: oneComment, caller: 'repository', needs, handle: changeComment },
  { method: 'DELETE', path: oneComment, caller: 'repository', needs, handle: deleteComment },
  {
    method: 'POST',
    path: `${oneComment}/reactions`,
    caller: 'repository',
    needs,
    handle: (call) => addReaction(call, commentOf(call).comment.reactions),
  },
  {
    method: 'POST',
    path: '/repos/{owner}/{repo}/issues/{issue_number}/reactions',
    caller: 'repository',
    needs,
    handle: (call) => addReaction(call, call.thread.reactions),
  },
  {
    method: 'POST',
    path: '/repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions',
    caller: 'repository',
    needs: { pull_requests: 'write' },
    handle: (call) => addReaction(call, reviewCommentOf(call).reactions),
  },
]

/** Of all issues and pull requests: by number, and by time only where an order is asked for. */
function listComments(call: Call) {
  const { world, repository, query } = call
  const all = [...repository.threads.values()].flatMap((thread) =>
    thread.comments.map((comment) => ({ ...comment, thread })),
  )
  const inOrder = query.has('sort') ? sorted(call, all, 'asc') : all.toSorted((a, b) => a.id - b.id)
  return page(call, updatedSince(call, inOrder), ({ thread, ...comment }) =>
    commentShape(world, { repository, thread }, comment),
  )
}

function createComment(call: Call) {
  const { world, repository, thread, author, byApp, services } = call
  const { body } = call.parsed(Body)
  checkBody('IssueComment', body)
  const comment = newComment(world, thread, { body, author, byApp })
  const at = { repository, thread, comment }
  services.deliveries.announceLater(
    services.deliveries.make(
      'issue_comment',
      { repository, sender: author },
      commentPayload(world, 'created', at),
    ),
  )
  return { status: 201, body: commentShape(world, at, comment) }
}

function changeComment(call: Call) {
  const { world, repository, author, services } = call
  const { thread, comment } = commentOf(call)
  const { body } = call.parsed(Body)
  checkBody('IssueComment', body)
  const from = comment.body
  comment.body = body
  comment.updatedAt = world.now()
  const at = { repository, thread, comment }
  const payload = commentPayload(world, 'edited', at, { body: { from } })
  services.deliveries.announceLater(
    services.deliveries.make('issue_comment', { repository, sender: author }, payload),
  )
  return { status: 200, body: commentShape(world, at, comment) }
}

function deleteComment(call: Call) {
  const { world, repository, author, services } = call
  const { thread, comment } = commentOf(call)
  const payload = commentPayload(world, 'deleted', { repository, thread, comment })
  thread.comments = thread.comments.filter((other) => other !== comment)
  services.deliveries.announceLater(
    services.deliveries.make('issue_comment', { repository, sender: author }, payload),
  )
  return { status: 204 }
}

function commentOf(call: Call) {
  const id = Number(call.param('comment_id'))
  for (const thread of call.repository.threads.values()) {
    const comment = thread.comments.find((item) => item.id === id)
    if (comment) return { thread, comment }
  }
  throw notFound()
}

function reviewCommentOf(call: Call) {
  const id = Number(call.param('comment_id'))
  for (const { pull } of call.repository.threads.values()) {
    const comment = pull?.reviews.flatMap(({ comments }) => comments).find((item) => item.id === id)
    if (comment) return comment
  }
  throw notFound()
}

/** 201 for a new reaction, 200 for one that was there. */
function addReaction(call: Call, reactions: Reaction[]) {
  const { content } = call.parsed(NewReaction)
  const { reaction, isNew } = react(call.world, reactions, { content, user: call.author })
  return { status: isNew ? 201 : 200, body: reactionShape(call.world, reaction) }
}
