import { z } from 'zod'
import { failureOf } from '../github/failure.ts'
import type { Octokit } from '../github/github-app.ts'
import { LeftAlone } from './left-alone.ts'
import { NoSuchPlace } from './no-such-place.ts'
import type { Listed, Posts } from './posts.ts'
import type { CommentId } from './publisher.ts'

/** Replies below a comment of a discussion, as GitHub's GraphQL API has them: by their global ids, one level deep. */

const placeDocument = /* GraphQL */ `
  query replyPlace($to: ID!) {
    node(id: $to) {
      ... on DiscussionComment { id deletedAt replyTo { id } discussion { id locked } }
    }
  }
`
const listDocument = /* GraphQL */ `
  query repliesBelow($to: ID!, $after: String) {
    node(id: $to) {
      ... on DiscussionComment {
        replies(first: 100, after: $after) {
          pageInfo { hasNextPage endCursor }
          nodes { id databaseId body viewerDidAuthor }
        }
      }
    }
  }
`
const readDocument = /* GraphQL */ `
  query oneReply($id: ID!) {
    node(id: $id) { ... on DiscussionComment { id databaseId body } }
  }
`
const createDocument = /* GraphQL */ `
  mutation createReply($discussionId: ID!, $to: ID!, $body: String!) {
    addDiscussionComment(input: { discussionId: $discussionId, replyToId: $to, body: $body }) {
      comment { id databaseId body }
    }
  }
`
const updateDocument = /* GraphQL */ `
  mutation updateReply($id: ID!, $body: String!) {
    updateDiscussionComment(input: { commentId: $id, body: $body }) {
      comment { id databaseId body }
    }
  }
`
const removeDocument = /* GraphQL */ `
  mutation removeReply($id: ID!) {
    deleteDiscussionComment(input: { id: $id }) { comment { id } }
  }
`

const Reply = z.object({ id: z.string(), databaseId: z.int(), body: z.string() })
type Reply = z.output<typeof Reply>
const Asking = z.object({
  node: z.object({
    id: z.string(),
    deletedAt: z.string().nullable(),
    replyTo: z.object({ id: z.string() }).nullable(),
    discussion: z.object({ id: z.string(), locked: z.boolean() }).nullable(),
  }),
})
const List = z.object({
  node: z.object({
    replies: z.object({
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      nodes: z.array(Reply.extend({ viewerDidAuthor: z.boolean() })),
    }),
  }),
})
const Read = z.object({ node: Reply })
const Created = z.object({ addDiscussionComment: z.object({ comment: Reply }) })
const Updated = z.object({ updateDiscussionComment: z.object({ comment: Reply }) })

/** `to`: the comment that is answered, which may itself be a reply. */
export function repliesBelow(
  octokit: Octokit,
  { thread, to }: { thread: number; to: string },
): Posts {
  const toWritten = ({ id: nodeId, databaseId: id, body }: Reply) => ({ id, nodeId, thread, body })
  return {
    async list() {
      const { top } = await placeOf(octokit, to)
      const listed: Listed[] = []
      let after: string | null = null
      do {
        const { node } = List.parse(await octokit.graphql(listDocument, { to: top, after }))
        const { nodes, pageInfo } = node.replies
        for (const reply of nodes) {
          listed.push({ ...toWritten(reply), app: undefined, byBot: reply.viewerDidAuthor })
        }
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null
      } while (after !== null)
      return listed
    },
    async create(body) {
      const { top, discussion } = await placeOf(octokit, to)
      const variables = { discussionId: discussion.id, to: top, body }
      const created = await whileItIsThere(() =>
        asFarAsPermitted(discussion, () => octokit.graphql(createDocument, variables)),
      )
      return toWritten(Created.parse(created).addDiscussionComment.comment)
    },
    async read(known) {
      const variables = { id: globalId(known) }
      return toWritten(Read.parse(await octokit.graphql(readDocument, variables)).node)
    },
    async update(known, body) {
      const variables = { id: globalId(known), body }
      const updated = await asFarAsPermitted({ locked: false }, () =>
        octokit.graphql(updateDocument, variables),
      )
      return toWritten(Updated.parse(updated).updateDiscussionComment.comment)
    },
  }
}

export async function removeReply(octokit: Octokit, nodeId: string): Promise<void> {
  await octokit.graphql(removeDocument, { id: nodeId })
}

/**
 * The comment at the top of the thread that `to` is in: GitHub takes no reply to a reply.
 * @throws LeftAlone where the comment is not there any more
 */
async function placeOf(octokit: Octokit, to: string) {
  const asked = await whileItIsThere(() =>
    asFarAsPermitted({ locked: false }, () => octokit.graphql(placeDocument, { to })),
  )
  const { id, deletedAt, replyTo, discussion } = Asking.parse(asked).node
  if (deletedAt !== null || discussion === null) throw new LeftAlone(gone)
  return { top: replyTo?.id ?? id, discussion }
}

const gone = 'the comment that asked is gone'

async function whileItIsThere<Result>(request: () => Promise<Result>): Promise<Result> {
  try {
    return await request()
  } catch (error) {
    if (failureOf(error, new Date(0)).kind === 'gone') throw new LeftAlone(gone)
    throw error
  }
}

/**
 * @throws LeftAlone where the lock of the discussion holds for the App, too
 * @throws NoSuchPlace where the App was not given the permission
 */
async function asFarAsPermitted<Result>(
  { locked }: { locked: boolean },
  request: () => Promise<Result>,
): Promise<Result> {
  try {
    return await request()
  } catch (error) {
    const failure = failureOf(error, new Date(0))
    if (failure.kind !== 'refused') throw error
    if (locked) throw new LeftAlone('the discussion is locked')
    throw new NoSuchPlace(`the App may not write in discussions (${failure.reason})`)
  }
}

function globalId({ id, nodeId }: CommentId): string {
  if (nodeId === null) throw new Error(`The global id of the reply ${id} is not known`)
  return nodeId
}
