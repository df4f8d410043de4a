import { changeRequests } from './change-requests.ts'
import { changeRequestsAccepted } from './change-requests-accepted.ts'
import { changeRequestsDeclined } from './change-requests-declined.ts'
import type { ProjectHistory } from './history.ts'
import type { Metric } from './metric.ts'
import { ratio } from './statistics.ts'
import type { Window } from './window.ts'

/**
 * Change Request Closure Ratio (CHAOSS): change requests closed against those
 * open in the same time, here those opened in it.
 * https://chaoss.community/kb/metric-change-request-closure-ratio/
 *
 * @returns above 1 where more was closed than came; null when none was opened
 */
export function changeRequestClosureRatio(
  history: Pick<ProjectHistory, 'activities'>,
  window: Window,
): number | null {
  const { activities } = history
  const closed =
    changeRequestsAccepted(activities, window).total + changeRequestsDeclined(history, window)
  return ratio(closed, changeRequests(activities, window).total)
}

export const changeRequestClosureRatioMetric: Metric = {
  name: 'Change Request Closure Ratio',
  definition: 'How many pull requests were merged or closed for each one that was opened.',
  chaossUrl: 'https://chaoss.community/kb/metric-change-request-closure-ratio/',
  unit: 'ratio',
  nullMeans: 'no pull request was opened',
  choice:
    'Against those opened in the window: above 1 the pile shrinks, below it grows. Against all that were open, as CHAOSS’s text can be read, old drafts would hide both.',
  measure: changeRequestClosureRatio,
}
