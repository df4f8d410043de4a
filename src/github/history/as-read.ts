import type { Recording } from '../../events/fact.ts'

/**
 * A page tells how an account is called, and whether it is one of the
 * repository's own, on the day on which it is read, however old the thing is
 * that the account stands on. Dated otherwise, somebody who has joined since
 * would have been inside all along.
 */
export function asRead(told: Recording, readAt: Date): Recording {
  const seen = <State extends { seenAt: Date }>(state: State) => ({ ...state, seenAt: readAt })
  return {
    ...told,
    accounts: told.accounts.map(seen),
    associations: told.associations.map(seen),
  }
}
