import type { Octokit } from '../github/github-app.ts'
import type { TrackedRepository } from '../store/repositories.ts'
import { names } from './issues.ts'
import type { CommentId, Reaction } from './publisher.ts'

const document = /* GraphQL */ `
  mutation react($comment: ID!, $content: ReactionContent!) {
    addReaction(input: { subjectId: $comment, content: $content }) { reaction { id } }
  }
`
const contents: Record<Reaction, string> = {
  '+1': 'THUMBS_UP',
  confused: 'CONFUSED',
  eyes: 'EYES',
}

/** GitHub keeps one reaction of a kind from each account: a second one changes nothing. */
export async function react(
  octokit: Octokit,
  repository: TrackedRepository,
  { comment: { id, nodeId }, reaction }: { comment: CommentId; reaction: Reaction },
): Promise<void> {
  if (nodeId !== null) {
    await octokit.graphql(document, { comment: nodeId, content: contents[reaction] })
    return
  }
  await octokit.rest.reactions.createForIssueComment({
    ...names(repository),
    comment_id: id,
    content: reaction,
  })
}
