import { changeRequestReviews } from './change-request-reviews.ts'
import { changeRequestsAccepted } from './change-requests-accepted.ts'
import { committers } from './committers.ts'
import type { ProjectHistory } from './history.ts'
import { issuesClosed } from './issues-closed.ts'
import { type Description, notKnown } from './metric.ts'
import type { Window } from './window.ts'

export interface ProjectVelocity {
  issuesClosed: number
  reviews: number
  changeRequestsAccepted: number
  committers: number
}

/**
 * Project Velocity (CHAOSS): the pace of development, as four numbers beside
 * each other. They are never made one.
 * https://chaoss.community/kb/metric-project-velocity/
 */
export function projectVelocity(history: ProjectHistory, window: Window): ProjectVelocity {
  return {
    issuesClosed: issuesClosed(history, window),
    reviews: changeRequestReviews(history, window),
    changeRequestsAccepted: changeRequestsAccepted(history.activities, window).total,
    committers: committers(history.activities, window),
  }
}

export const projectVelocityDescription: Description = {
  name: 'Project Velocity',
  definition:
    'The pace of development: issues closed, reviews, pull requests merged and committers, beside each other.',
  chaossUrl: 'https://chaoss.community/kb/metric-project-velocity/',
  unit: 'table',
  nullMeans: notKnown,
  choice: 'Each as it is defined here. CHAOSS plots them; it has no formula, and neither have we.',
}
