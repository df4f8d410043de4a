import { type Activity, creditedKinds, type Group } from './history.ts'
import { isWithin, type Window } from './window.ts'

/**
 * Contributors (CHAOSS) and those who are not people: how many of each group are
 * credited with anything in the window. Deleted accounts are in none.
 * https://chaoss.community/kb/metric-contributors/
 */
export function peopleCredited(
  activities: readonly Activity[],
  window: Window,
): Record<Group, number> {
  const credited = activities.filter(
    ({ kind, occurredAt }) => creditedKinds.has(kind) && isWithin(occurredAt, window),
  )
  const of = (group: Group) =>
    new Set(credited.flatMap(({ person }) => (person?.group === group ? [person.id] : []))).size
  return { human: of('human'), bot: of('bot'), ai: of('ai') }
}
