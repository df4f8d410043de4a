import { changeRequestsAccepted } from './change-requests-accepted.ts'
import { changeRequestsDeclined, declinedIn } from './change-requests-declined.ts'
import { contributionsIn } from './contributions.ts'
import type { ProjectHistory } from './history.ts'
import { mergesBefore } from './merges-before.ts'
import type { Metric } from './metric.ts'
import { ratio } from './statistics.ts'
import type { Window } from './window.ts'

/**
 * Change Request Acceptance Ratio (CHAOSS: accepted against declined). Ours is
 * merged ÷ (merged + declined), 0 to 1, which people know as the merge rate.
 * Null when nothing was decided in the window.
 * https://chaoss.community/kb/metric-change-request-acceptance-ratio/
 */
export function changeRequestAcceptanceRatio(
  history: Pick<ProjectHistory, 'activities'>,
  window: Window,
): number | null {
  const accepted = changeRequestsAccepted(history.activities, window).total
  return ratio(accepted, accepted + changeRequestsDeclined(history, window))
}

/**
 * The same for authors whose first merge is still to come or was this one, and
 * for all others. Null where nothing of theirs was decided, and where history
 * is not known from its beginning.
 */
export function acceptanceByStanding(
  history: ProjectHistory,
  window: Window,
): { newcomers: number | null; regulars: number | null } {
  if (!history.isKnownFromBeginning) return { newcomers: null, regulars: null }
  const before = mergesBefore(history)
  const accepted = contributionsIn(history.activities, window).filter(
    ({ kind }) => kind === 'pull_request.merged',
  )
  const declined = declinedIn(history, window).flatMap(({ person, occurredAt }) =>
    person === null ? [] : [{ person, occurredAt }],
  )
  const rate = (isTheirs: (merges: number) => boolean) => {
    const count = (decided: typeof declined) =>
      decided.filter(({ person, occurredAt }) => {
        const merges = before(person.id, occurredAt)
        return merges !== null && isTheirs(merges)
      }).length
    return ratio(count(accepted), count(accepted) + count(declined))
  }
  return { newcomers: rate((merges) => merges === 0), regulars: rate((merges) => merges > 0) }
}

const description = {
  chaossUrl: 'https://chaoss.community/kb/metric-change-request-acceptance-ratio/',
  unit: 'share',
  nullMeans: 'no pull request was merged or closed',
} as const

export const changeRequestAcceptanceRatioMetric: Metric = {
  ...description,
  name: 'Change Request Acceptance Ratio',
  definition: 'Of the pull requests that were merged or closed, the share that was merged.',
  choice:
    'Merged of all decided, from 0 to 1, known as the merge rate. CHAOSS’s ratio of merged to declined has no upper end.',
  measure: changeRequestAcceptanceRatio,
}

const byStanding = {
  ...description,
  nullMeans: 'nothing of theirs was merged or closed, or history is not known from its beginning',
  choice:
    'A newcomer is whoever had nothing merged before the decision. Side by side the two say whether strangers are let in.',
}

export const newcomerAcceptanceMetric: Metric = {
  ...byStanding,
  name: 'Change Request Acceptance Ratio of Newcomers',
  definition:
    'Of the pull requests that were merged or closed and whose authors had none merged before, the share that was merged.',
  measure: (history, window) => acceptanceByStanding(history, window).newcomers,
}

export const regularAcceptanceMetric: Metric = {
  ...byStanding,
  name: 'Change Request Acceptance Ratio of Regulars',
  definition:
    'Of the pull requests that were merged or closed and whose authors had some merged before, the share that was merged.',
  measure: (history, window) => acceptanceByStanding(history, window).regulars,
}
