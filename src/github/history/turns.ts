import { z } from 'zod'
import type { Fact, FactKind, Recording, ThreadState } from '../../events/fact.ts'
import { recording } from '../../events/recording.ts'
import { repeatableFact } from '../../events/thread.ts'
import { connectionOf, pageInfo } from './connection.ts'

/** More turns than twenty are not read: by then it is no news. */
export const turnArguments =
  'first: 20, itemTypes: [CLOSED_EVENT, REOPENED_EVENT, READY_FOR_REVIEW_EVENT]'
const kinds = {
  ClosedEvent: 'pull_request.closed',
  ReopenedEvent: 'pull_request.reopened',
  ReadyForReviewEvent: 'pull_request.ready_for_review',
} as const satisfies Record<string, FactKind>
export const turnFields = `${pageInfo} nodes {
  __typename
  ... on ClosedEvent { createdAt }
  ... on ReopenedEvent { createdAt }
  ... on ReadyForReviewEvent { createdAt }
}`

const Turn = z.object({
  __typename: z.enum(['ClosedEvent', 'ReopenedEvent', 'ReadyForReviewEvent']),
  createdAt: z.string().transform((at) => new Date(at)),
})

/** What became of a pull request before it came to be as it is. */
export const Turns = connectionOf(Turn).nullish()

/**
 * What webhooks told at the time, and the pull request itself forgets: that it
 * became ready, was reopened, and was closed before it was reopened. Its last
 * closing and its merge are its own to tell.
 */
export function turnsRecording(
  threads: readonly ThreadState[],
  turns: z.output<typeof Turns>,
): Recording {
  const nodes = turns?.nodes ?? []
  const reopened = nodes.findLastIndex(({ __typename: type }) => type === 'ReopenedEvent')
  const told = nodes.filter(
    ({ __typename: type }, index) => type !== 'ClosedEvent' || index < reopened,
  )
  const facts = threads.flatMap((thread): Fact[] =>
    told.map(({ __typename: type, createdAt }) => repeatableFact(kinds[type], thread, createdAt)),
  )
  return recording({ facts })
}
