import { notFound } from '../api-error.ts'
import { commitShape } from '../shapes/commit.ts'
import {
  fileShape,
  isPull,
  pullRequestShape,
  pullRequestSimpleShape,
} from '../shapes/pull-request.ts'
import { reviewCommentShape, reviewShape } from '../shapes/review.ts'
import type { Call, Operation } from './operation.ts'
import { page, sorted, updatedSince } from './page.ts'

const needs = { pull_requests: 'read' } as const

export const pullOperations: Operation[] = [
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/pulls',
    caller: 'repository',
    needs,
    handle: listPulls,
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/pulls/comments',
    caller: 'repository',
    needs,
    handle: listReviewComments,
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/pulls/{pull_number}',
    caller: 'repository',
    needs,
    handle: ({ world, repository, pull }) => ({
      status: 200,
      body: pullRequestShape(world, repository, pull),
    }),
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/pulls/{pull_number}/files',
    caller: 'repository',
    needs,
    handle: (call) => {
      const { world, repository, pull } = call
      const at = { repository, sha: pull.pull.head.sha }
      return page(call, pull.pull.files.slice(0, 3000), (file) => fileShape(world, at, file))
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/pulls/{pull_number}/commits',
    caller: 'repository',
    needs,
    handle: (call) => {
      const { world, repository, pull } = call
      return page(call, pull.pull.commits.slice(0, 250), (commit) =>
        commitShape(world, repository, commit),
      )
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/pulls/{pull_number}/reviews',
    caller: 'repository',
    needs,
    handle: (call) => {
      const { world, repository, pull: thread } = call
      return page(call, thread.pull.reviews, (review) =>
        reviewShape(world, { repository, thread }, review),
      )
    },
  },
]

/** Oldest first, and in the other direction only where an order is asked for. */
function listReviewComments(call: Call) {
  const { world, repository, query } = call
  const { reviewComments } = repository
  const inOrder = query.has('sort') ? sorted(call, reviewComments, 'asc') : reviewComments
  return page(call, updatedSince(call, inOrder), (comment) => {
    const thread = repository.threads.get(comment.number)
    if (!thread) throw notFound()
    return reviewCommentShape(world, { repository, thread }, comment)
  })
}

function listPulls(call: Call) {
  const { world, repository, query } = call
  const state = query.get('state') ?? 'open'
  const [head, base] = [query.get('head'), query.get('base')]
  const found = [...repository.threads.values()]
    .filter(isPull)
    .filter(
      ({ open, pull }) =>
        (state === 'all' || open === (state === 'open')) &&
        (head === null || head === `${pull.head.owner.login}:${pull.head.branch}`) &&
        (base === null || base === pull.base.branch),
    )
  return page(call, sorted(call, found), (thread) =>
    pullRequestSimpleShape(world, repository, thread),
  )
}
