import { z } from 'zod'
import { answeredFacts, Discussion, discussionRecording } from '../../events/discussion.ts'
import { Issue, issueRecording } from '../../events/issues.ts'
import { PullRequest, pullRequestRecording } from '../../events/pull-request.ts'
import { combined, recording } from '../../events/recording.ts'
import { Actor } from './actor.ts'
import {
  Comments,
  commentFields,
  commentsTold,
  DiscussionComments,
  discussionCommentsTold,
  Reviews,
  replyFields,
  reviewFields,
  reviewsTold,
  type Told,
} from './conversation.ts'
import { Turns, turnArguments, turnFields, turnsRecording } from './turns.ts'

/** What the three kinds of thread have in common. */
const Thread = z.object({
  id: z.string(),
  number: z.int(),
  title: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  closedAt: z.string().nullish(),
  authorAssociation: z.string().nullish(),
  author: Actor,
})
const threadFields =
  'id number title createdAt updatedAt closedAt authorAssociation author { ...Actor }'

/** Where what hangs on a thread belongs. */
function placeOf(
  repositoryId: number,
  { id: node, number, createdAt: madeAt }: z.output<typeof Thread>,
) {
  return { repositoryId, node, number, madeAt }
}

function asWebhook(thread: z.output<typeof Thread>) {
  return {
    number: thread.number,
    title: thread.title,
    user: thread.author,
    author_association: thread.authorAssociation,
    created_at: thread.createdAt,
    updated_at: thread.updatedAt,
    closed_at: thread.closedAt,
  }
}

export const pullRequestFields = `${threadFields} state isDraft mergedAt
  mergeCommit { oid } headRepository { databaseId }
  timelineItems(${turnArguments}) { ${turnFields} }
  reviews(first: 20) { ${reviewFields} }
  comments(first: 20) { ${commentFields} }`

const PullRequestNode = Thread.extend({
  state: z.string(),
  isDraft: z.boolean(),
  mergedAt: z.string().nullish(),
  mergeCommit: z.object({ oid: z.string() }).nullish(),
  headRepository: z.object({ databaseId: z.int().nullish() }).nullish(),
  timelineItems: Turns,
  reviews: Reviews,
  comments: Comments,
})

export function pullRequestTold(repositoryId: number, node: unknown): Told {
  const pull = PullRequestNode.parse(node)
  const head = pull.headRepository?.databaseId
  const object = PullRequest.parse({
    ...asWebhook(pull),
    state: pull.state === 'OPEN' ? 'open' : 'closed',
    draft: pull.isDraft,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommit?.oid,
    head: { repo: head == null ? null : { id: head } },
  })
  const place = placeOf(repositoryId, pull)
  const told = pullRequestRecording(repositoryId, object)
  return together([
    { recording: told, rest: [] },
    { recording: turnsRecording(told.threads, pull.timelineItems), rest: [] },
    reviewsTold({ ...place, of: 'pull_request.reviews' }, pull.reviews),
    commentsTold({ ...place, of: 'pull_request.comments' }, pull.comments, 'issue_comment.created'),
  ])
}

export const issueFields = `${threadFields} state comments(first: 10) { ${commentFields} }`

const IssueNode = Thread.extend({ state: z.string(), comments: Comments })

export function issueTold(repositoryId: number, node: unknown): Told {
  const issue = IssueNode.parse(node)
  const object = Issue.parse({ ...asWebhook(issue), state: issue.state.toLowerCase() })
  const place = placeOf(repositoryId, issue)
  return together([
    { recording: issueRecording(repositoryId, object), rest: [] },
    commentsTold({ ...place, of: 'issue.comments' }, issue.comments, 'issue_comment.created'),
  ])
}

export const discussionFields = `${threadFields} closed answerChosenAt
  answer { author { ...Actor } }
  comments(first: 10) { ${discussionCommentFields()} }`

/** Comments with their replies, for a page of a discussion and for the rest of one. */
export function discussionCommentFields(): string {
  return replyFields.replace('nodes { ', `nodes { id replies(first: 10) { ${replyFields} } `)
}

const DiscussionNode = Thread.extend({
  closed: z.boolean(),
  answerChosenAt: z.string().nullish(),
  answer: z.object({ author: Actor }).nullish(),
  comments: DiscussionComments,
})

export function discussionTold(repositoryId: number, node: unknown): Told {
  const discussion = DiscussionNode.parse(node)
  const { answer, answerChosenAt } = discussion
  const object = Discussion.parse({
    ...asWebhook(discussion),
    state: discussion.closed ? 'closed' : 'open',
    answer_chosen_at: answerChosenAt,
  })
  const answerAuthor = answer == null ? null : { user: answer.author }
  const place = placeOf(repositoryId, discussion)
  return together([
    {
      recording: combined([
        discussionRecording(repositoryId, object),
        recording({ facts: answeredFacts(repositoryId, object, answerAuthor) }),
      ]),
      rest: [],
    },
    discussionCommentsTold({ ...place, of: 'discussion.comments' }, discussion.comments),
  ])
}

export function together(parts: readonly Told[]): Told {
  return {
    recording: combined(parts.map((part) => part.recording)),
    rest: parts.flatMap(({ rest }) => rest),
  }
}
