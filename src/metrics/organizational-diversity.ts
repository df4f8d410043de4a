import { type Contribution, contributionsIn } from './contributions.ts'
import { groupBy } from './group-by.ts'
import type { Activity } from './history.ts'
import type { Metric } from './metric.ts'
import { ratio } from './statistics.ts'
import type { Window } from './window.ts'

export interface ContributingOrganization {
  name: string
  people: number
  contributions: number
  /** of the contributions whose organisation is known, 0 to 1 */
  share: number
}

export interface OrganizationalDiversity {
  /** by contributions, the most first, then by name; null where more than half is unknown */
  organizations: ContributingOrganization[] | null
  /** the share of contributions by people of whom nobody says for whom they work; null without any contribution */
  unknownShare: number | null
}

/** With more than this unknown, what is known says nothing about the whole. */
const mostUnknown = 0.5

/**
 * Organizational Diversity (CHAOSS): which organisations contribute, and how
 * involved each is. An organisation is known where the configuration names the
 * domain that somebody signs with; nobody's is guessed.
 * https://chaoss.community/kb/metric-organizational-diversity/
 */
export function organizationalDiversity(
  activities: readonly Activity[],
  window: Window,
): OrganizationalDiversity {
  return diversityOf(contributionsIn(activities, window))
}

/** The same of some contributions, for example commits alone. */
export function diversityOf(contributions: readonly Contribution[]): OrganizationalDiversity {
  const known = contributions.flatMap(({ person }) =>
    person.organization === null ? [] : [{ id: person.id, organization: person.organization }],
  )
  const unknownShare = ratio(contributions.length - known.length, contributions.length)
  if (unknownShare === null || unknownShare > mostUnknown) {
    return { organizations: null, unknownShare }
  }
  const organizations = [...groupBy(known, ({ organization }) => organization)]
    .map(([name, own]) => ({
      name,
      people: new Set(own.map(({ id }) => id)).size,
      contributions: own.length,
      share: own.length / known.length,
    }))
    .toSorted((a, b) => b.contributions - a.contributions || (a.name < b.name ? -1 : 1))
  return { organizations, unknownShare }
}

export const organizationalDiversityMetric: Metric = {
  name: 'Organizational Diversity',
  definition: 'How many organisations the contributions came from.',
  chaossUrl: 'https://chaoss.community/kb/metric-organizational-diversity/',
  unit: 'organisations',
  nullMeans: 'nobody says for whom those work who made more than half of the contributions',
  choice:
    'An organisation is known where the configuration maps the domain that somebody signs commits with. Nothing is guessed from profiles, and unknown is not the same as volunteering.',
  measure: ({ activities }, window) =>
    organizationalDiversity(activities, window).organizations?.length ?? null,
}
