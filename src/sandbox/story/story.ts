import { workInForks } from './forks.ts'
import { type Happening, weekMinutes } from './happening.ts'
import { interest } from './interest.ts'
import { discussions, issues } from './issues.ts'
import { milestones } from './milestones.ts'
import { discussion, issue, pullRequest } from './plots.ts'
import { outsidePullRequests } from './pull-requests.ts'
import { seeded } from './seeded.ts'
import { insidePullRequests } from './team-work.ts'

export const storyWeeks = 12

/** Twelve weeks of an invented open model, oldest first; the same at every call. */
export function story({ weeks = storyWeeks } = {}): Happening[] {
  const chance = seeded(1914)
  const happenings = [
    ...milestones,
    ...[...outsidePullRequests, ...insidePullRequests].flatMap((plot) => pullRequest(plot, chance)),
    ...issues.flatMap((plot) => issue(plot, chance)),
    ...discussions.flatMap((plot) => discussion(plot, chance)),
    ...interest(chance),
    ...workInForks,
  ]
  return happenings
    .filter(({ at }) => at >= 0 && at < weeks * weekMinutes)
    .sort((a, b) => a.at - b.at)
}
