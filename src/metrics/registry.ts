import { activeContributorsMetric } from './active-contributors.ts'
import { botActivityMetric } from './bot-activity.ts'
import { burstinessMetric } from './burstiness.ts'
import {
  changeRequestAcceptanceRatioMetric,
  newcomerAcceptanceMetric,
  regularAcceptanceMetric,
} from './change-request-acceptance-ratio.ts'
import { changeRequestClosureRatioMetric } from './change-request-closure-ratio.ts'
import { changeRequestReviewDurationMetric } from './change-request-review-duration.ts'
import { changeRequestReviewsMetric } from './change-request-reviews.ts'
import { changeRequestsMetric } from './change-requests.ts'
import {
  changeRequestsAcceptedMetric,
  outsideAcceptedMetric,
  outsideShareMetric,
} from './change-requests-accepted.ts'
import { changeRequestsDeclinedMetric } from './change-requests-declined.ts'
import {
  changeRequestsDurationMetric,
  insideDurationMetric,
  outsideDurationMetric,
} from './change-requests-duration.ts'
import { committersMetric } from './committers.ts'
import { contributorAbsenceFactorMetric } from './contributor-absence-factor.ts'
import { contributorsMetric, outsideContributorsMetric } from './contributors.ts'
import { engagementRateMetric, mergeConversionRateMetric } from './conversion-rate.ts'
import { elephantFactorMetric } from './elephant-factor.ts'
import { inactiveContributorsMetric } from './inactive-contributors.ts'
import { issueAgeMetric } from './issue-age.ts'
import { issueResolutionDurationMetric } from './issue-resolution-duration.ts'
import { issueResponseTimeMetric } from './issue-response-time.ts'
import { issuesClosedMetric } from './issues-closed.ts'
import { issuesNewMetric } from './issues-new.ts'
import { anchorOf, type Description, type Metric } from './metric.ts'
import { newContributorsMetric } from './new-contributors.ts'
import { newcomerCohortMetric } from './newcomer-cohort.ts'
import { occasionalContributorsMetric } from './occasional-contributors.ts'
import { organizationalDiversityMetric } from './organizational-diversity.ts'
import { newStarsMetric, starsMetric } from './project-popularity.ts'
import { projectVelocityDescription } from './project-velocity.ts'
import { newcomerRetentionMetric, retentionMetric } from './retention.ts'
import { returningContributorsMetric } from './returning-contributors.ts'
import { reviewsOwedMetric } from './reviews-owed.ts'
import { selfMergeRateMetric } from './self-merge-rate.ts'
import {
  forkNetworkGrowthMetric,
  forkNetworkMetric,
  technicalForkMetric,
} from './technical-fork.ts'
import { slowestToCloseMetric, timeToCloseMetric } from './time-to-close.ts'
import {
  insideResponseMetric,
  slowestResponsesMetric,
  timeToFirstResponseMetric,
} from './time-to-first-response.ts'
import { typesOfContributionsDescription } from './types-of-contributions.ts'
import { waitingMetric } from './waiting.ts'

interface Question {
  question: string
  /** in reading order; those that are no single number have no `measure` */
  metrics: readonly (Description | Metric)[]
}

/** Every number that is shown, by the question that it helps to answer. */
export const registry: readonly Question[] = [
  {
    question: 'Is outside help making us faster?',
    metrics: [
      changeRequestsMetric,
      changeRequestsAcceptedMetric,
      outsideAcceptedMetric,
      outsideShareMetric,
      changeRequestsDurationMetric,
      outsideDurationMetric,
      insideDurationMetric,
      timeToFirstResponseMetric,
      slowestResponsesMetric,
      insideResponseMetric,
      waitingMetric,
      reviewsOwedMetric,
      changeRequestReviewsMetric,
      changeRequestReviewDurationMetric,
      selfMergeRateMetric,
      changeRequestClosureRatioMetric,
      issuesNewMetric,
      issuesClosedMetric,
      issueResponseTimeMetric,
      issueResolutionDurationMetric,
      issueAgeMetric,
      timeToCloseMetric,
      slowestToCloseMetric,
      projectVelocityDescription,
      burstinessMetric,
    ],
  },
  {
    question: 'Is it open to everyone?',
    metrics: [
      contributorsMetric,
      outsideContributorsMetric,
      committersMetric,
      typesOfContributionsDescription,
      newContributorsMetric,
      occasionalContributorsMetric,
      activeContributorsMetric,
      inactiveContributorsMetric,
      contributorAbsenceFactorMetric,
      organizationalDiversityMetric,
      elephantFactorMetric,
      changeRequestsDeclinedMetric,
      changeRequestAcceptanceRatioMetric,
      newcomerAcceptanceMetric,
      regularAcceptanceMetric,
      botActivityMetric,
    ],
  },
  {
    question: 'Is it becoming the standard?',
    metrics: [
      technicalForkMetric,
      forkNetworkMetric,
      forkNetworkGrowthMetric,
      newStarsMetric,
      starsMetric,
    ],
  },
  {
    question: 'Do people come and stay?',
    metrics: [
      engagementRateMetric,
      mergeConversionRateMetric,
      retentionMetric,
      newcomerRetentionMetric,
      newcomerCohortMetric,
      returningContributorsMetric,
    ],
  },
]

const described = new Map(
  registry.flatMap(({ metrics }) => metrics).map((metric) => [metric.name, anchorOf(metric)]),
)

/** The place of a number's definition in `docs/metrics.md`; null for what is not described there. */
export function definedAt({ name }: Pick<Description, 'name'>): string | null {
  return described.get(name) ?? null
}

/** What CHAOSS defines and is not measured here, with the reason. */
export const leftOut: readonly { name: string; why: string }[] = [
  {
    name: 'Review Cycle Duration within a Change Request',
    why: 'a cycle begins with each update, and GitHub tells of updates only while they happen, so no history could be compared',
  },
  {
    name: 'Contribution Attribution',
    why: 'who is paid is known only where people say so; what can be known is under Organizational Diversity, with the share that is unknown',
  },
  {
    name: 'Project Popularity',
    why: 'it is a basket without a formula; its parts are counted each by itself, and never made one score',
  },
]
