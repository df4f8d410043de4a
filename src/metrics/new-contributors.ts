import type { FactKind } from '../events/fact.ts'
import { type Contribution, contributionsIn } from './contributions.ts'
import { groupBy } from './group-by.ts'
import type { Person, PersonHistory, ProjectHistory } from './history.ts'
import { mergesBefore, mergesByPerson } from './merges-before.ts'
import type { Metric } from './metric.ts'
import { isWithin, type Window } from './window.ts'

/** Somebody from outside whose first contribution, or first merged pull request, lies in the window. */
export interface Newcomer {
  person: Person
  /** their first merged pull request lies in the window */
  firstMerge: boolean
  /** what they did in the window, each once, the most telling first */
  deeds: Deed[]
}

export interface Deed {
  kind: FactKind
  thread: number | null
}

/** From most to least telling about a newcomer. Commits come last: most of them are a merged pull request again. */
const telling: readonly FactKind[] = [
  'pull_request.merged',
  'issues.opened',
  'pull_request.opened',
  'pull_request_review.submitted',
  'discussion.created',
  'issue_comment.created',
  'pull_request_review_comment.created',
  'discussion_comment.created',
  'commit_comment.created',
  'commit.authored',
  'commit.coauthored',
]

/**
 * New Contributors (CHAOSS): people who contribute for the first time in the
 * window. The headline is GitHub's own notion, the first merged pull request
 * (`firstMerge`). The look-back is all that is known of a person, so the caller
 * reads the past of those who look new before anybody is welcomed.
 * https://chaoss.community/kb/metric-new-contributors/
 *
 * @returns first merges first, then by what they did; never by volume
 */
export function newContributors(history: ProjectHistory, window: Window): Newcomer[] {
  const merges = mergesByPerson(history)
  const before = mergesBefore(history)
  const hasFirstMerge = (id: string) => {
    const [first] = merges.get(id) ?? []
    return first !== undefined && isWithin(first, window) && before(id, first) === 0
  }
  const byPerson = groupBy(contributionsIn(history.activities, window), ({ person }) => person.id)
  return [...byPerson]
    .filter(([, contributions]) => contributions.some(({ outside }) => outside))
    .flatMap(([id, contributions]) => {
      const past = history.people.get(id)
      return past ? newcomer(contributions, { window, past, firstMerge: hasFirstMerge(id) }) : []
    })
    .toSorted((a, b) => rank(a) - rank(b))
}

function newcomer(
  contributions: readonly Contribution[],
  { window, past, firstMerge }: { window: Window; past: PersonHistory; firstMerge: boolean },
): Newcomer[] {
  const [any] = contributions
  if (any === undefined || !(firstMerge || isWithin(past.firstAt, window))) return []
  return [{ person: any.person, firstMerge, deeds: deeds(contributions) }]
}

/** How many of the newcomers had their first pull request merged. */
export function firstMerges(history: ProjectHistory, window: Window): number {
  return newContributors(history, window).filter(({ firstMerge }) => firstMerge).length
}

const commits: readonly FactKind[] = ['commit.authored', 'commit.coauthored']
const openings: readonly FactKind[] = ['issues.opened', 'pull_request.opened', 'discussion.created']

/** Each thread once, for the most telling: who opened one has also talked in it, and a merge has commits. */
function deeds(contributions: readonly Contribution[]): Deed[] {
  const threadsOf = (kinds: readonly FactKind[]) =>
    new Set(contributions.flatMap(({ kind, thread }) => (kinds.includes(kind) ? [thread] : [])))
  const merged = threadsOf(['pull_request.merged'])
  const opened = threadsOf(openings)
  const isTold = ({ kind, thread }: Contribution) =>
    kind === 'pull_request.merged' ||
    (!merged.has(thread) &&
      (openings.includes(kind) || !opened.has(thread)) &&
      !(commits.includes(kind) && merged.size > 0))
  const each = new Map(
    contributions.filter(isTold).map(({ kind, thread }) => [`${kind} ${thread}`, { kind, thread }]),
  )
  return [...each.values()].toSorted((a, b) => telling.indexOf(a.kind) - telling.indexOf(b.kind))
}

function rank({ firstMerge, deeds: [best] }: Newcomer): number {
  return firstMerge || best === undefined ? -1 : telling.indexOf(best.kind)
}

export const newContributorsMetric: Metric = {
  name: 'New Contributors',
  definition:
    'How many people from outside had their first pull request merged. Reports name beside them who contributed for the first time in another way.',
  chaossUrl: 'https://chaoss.community/kb/metric-new-contributors/',
  unit: 'people',
  nullMeans: 'history is not known from its beginning, so nobody can be called new',
  choice:
    'The first merge is GitHub’s own notion of a new contributor. The look-back is all of history, never the window alone. Before a digest names somebody, it asks GitHub for what they did before.',
  measure: (history, window) =>
    history.isKnownFromBeginning ? firstMerges(history, window) : null,
}
