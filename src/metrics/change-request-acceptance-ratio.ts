import { changeRequestsAccepted } from './change-requests-accepted.ts'
import { changeRequestsDeclined } from './change-requests-declined.ts'
import type { ProjectHistory } from './history.ts'
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
