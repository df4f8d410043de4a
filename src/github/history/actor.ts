import { z } from 'zod'
import { Author } from '../../events/account.ts'

/** On everything that acts or owns; an enterprise's account has no number that events would name. */
export const actorFragment = `fragment Actor on Actor {
  __typename
  login
  ... on User { databaseId }
  ... on Bot { databaseId }
  ... on Mannequin { databaseId }
  ... on Organization { databaseId }
}`

const botMark = '[bot]'

/** The same account as a webhook names it, or null. GraphQL calls a bot by its bare slug. */
export const Actor = z
  .object({ __typename: z.string(), login: z.string(), databaseId: z.int().nullish() })
  .nullish()
  .transform((actor) => {
    if (actor?.databaseId == null) return null
    const { __typename: type, login, databaseId: id } = actor
    const isBare = type === 'Bot' && !login.endsWith(botMark)
    return Author.parse({ id, login: isBare ? login + botMark : login, type })
  })
