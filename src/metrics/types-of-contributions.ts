import type { FactKind } from '../events/fact.ts'
import { type Contribution, contributionsIn } from './contributions.ts'
import { groupBy } from './group-by.ts'
import type { Activity } from './history.ts'
import { type Description, notKnown } from './metric.ts'
import type { Window } from './window.ts'

export type ContributionType =
  | 'commits'
  | 'pull requests'
  | 'reviews'
  | 'issues'
  | 'comments'
  | 'discussions'

export interface TypeOfContribution {
  type: ContributionType
  contributions: number
  people: number
  outsidePeople: number
}

/** A merged pull request was counted when it was opened; what it changed is counted as commits. */
const typeOf: Partial<Record<FactKind, ContributionType>> = {
  'commit.authored': 'commits',
  'commit.coauthored': 'commits',
  'pull_request.opened': 'pull requests',
  'pull_request_review.submitted': 'reviews',
  'pull_request_review_comment.created': 'reviews',
  'issues.opened': 'issues',
  'issue_comment.created': 'comments',
  'commit_comment.created': 'comments',
  'discussion.created': 'discussions',
  'discussion_comment.created': 'discussions',
}

const types: readonly ContributionType[] = [
  'pull requests',
  'reviews',
  'commits',
  'issues',
  'comments',
  'discussions',
]

/**
 * Types of Contributions (CHAOSS): what kinds of contributions were made, by
 * how many people. Kinds are not compared with each other; those without any
 * are left out.
 * https://chaoss.community/kb/metric-types-of-contributions/
 */
export function typesOfContributions(
  activities: readonly Activity[],
  window: Window,
): TypeOfContribution[] {
  const byType = groupBy(contributionsIn(activities, window), ({ kind }) => typeOf[kind])
  return types.flatMap((type) => {
    const contributions = byType.get(type)
    return contributions ? [{ type, ...volume(contributions) }] : []
  })
}

function volume(contributions: readonly Contribution[]) {
  return {
    contributions: contributions.length,
    people: new Set(contributions.map(({ person }) => person.id)).size,
    outsidePeople: new Set(
      contributions.filter(({ outside }) => outside).map(({ person }) => person.id),
    ).size,
  }
}

export const typesOfContributionsDescription: Description = {
  name: 'Types of Contributions',
  definition: 'What kinds of contributions were made, how many, and by how many people.',
  chaossUrl: 'https://chaoss.community/kb/metric-types-of-contributions/',
  unit: 'table',
  nullMeans: notKnown,
  choice:
    'Six kinds that GitHub tells of. They are not compared with each other, and kinds without any are left out. Whoever asks with `/groundswell hide-me` is named nowhere.',
}
