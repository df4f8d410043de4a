import { isContribution } from './contributions.ts'
import { groupBy } from './group-by.ts'
import type { ProjectHistory } from './history.ts'

type Told = Pick<ProjectHistory, 'activities' | 'people' | 'peopleAsOf'>

/** When each person had something merged, as far as the activities reach, oldest first. */
export function mergesByPerson({ activities }: Pick<Told, 'activities'>): Map<string, Date[]> {
  const merges = activities
    .filter(isContribution)
    .filter(({ kind }) => kind === 'pull_request.merged')
  const byPerson = groupBy(merges, ({ person }) => person.id)
  return new Map([...byPerson].map(([id, own]) => [id, own.map(({ occurredAt }) => occurredAt)]))
}

/**
 * How many pull requests a person had merged before an instant: those of the
 * activities, and those from before that `people` tells of. Null for somebody
 * whose past is not told.
 */
export function mergesBefore(history: Told): (personId: string, at: Date) => number | null {
  const merges = mergesByPerson(history)
  return (personId, at) => {
    const past = history.people.get(personId)
    if (past === undefined) return null
    const own = merges.get(personId) ?? []
    const toldOf = own.filter((mergedAt) => mergedAt < history.peopleAsOf).length
    const earlier = Math.max(0, past.mergedBefore - toldOf)
    return earlier + own.filter((mergedAt) => mergedAt < at).length
  }
}
