import { type Activity, creditedKinds, type Person } from './history.ts'
import { isWithin, type Window } from './window.ts'

/** Something that a person is credited with. */
export interface Contribution extends Activity {
  person: Person
}

/** What people, and only people, contributed in a window, in the order given. */
export function contributionsIn(activities: readonly Activity[], window: Window): Contribution[] {
  return activities.filter(
    (activity): activity is Contribution =>
      isWithin(activity.occurredAt, window) && isContribution(activity),
  )
}

/** Credited work by somebody known to be a person: not a bot, an AI agent or a deleted account. */
export function isContribution(activity: Activity): activity is Contribution {
  return creditedKinds.has(activity.kind) && activity.person?.group === 'human'
}

/** A bot or an AI agent. A deleted account is neither: nobody knows what it was. */
export function isAutomated(person: Person | null): boolean {
  return person !== null && person.group !== 'human'
}
