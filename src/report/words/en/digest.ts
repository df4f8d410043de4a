import type { FactKind, ThreadType } from '../../../events/fact.ts'
import type { ContributionType } from '../../../metrics/types-of-contributions.ts'
import type { DigestMetric } from '../../../metrics/week-measures.ts'
import type { WeeklyDigest } from '../../../metrics/weekly-digest.ts'
import { longDuration } from '../../duration.ts'
import { enumeration } from '../../enumeration.ts'
import { code, type Inline, phrase } from '../../markdown.ts'
import { count, number } from '../../numbers.ts'

/** Every sentence of the digest. */
export const digest = {
  /** what an issue is called where a repository does not say; in English as `defaults.yml` has it */
  issueTitle: 'Community digest, week {week} of {year}',
  title: (week: string, days: string) => `Week ${week}: ${days}`,

  partial: (since: string) =>
    `Counting began on ${since}, so this week is not whole, and there is nothing yet to compare it with.`,

  columns: ['', 'this week', 'last week', 'usual (8 weeks)', 'trend'],

  metrics: {
    contributors: 'Contributors',
    outsideContributors: 'Contributors from outside',
    organizations: 'Organisations',
    newContributors: 'First pull request merged',
    opened: 'Pull requests opened',
    merged: 'Pull requests merged',
    mergedFromOutside: 'Merged from outside',
    outsideShare: 'Share from outside',
    declined: 'Closed without a merge',
    acceptedShare: 'Merge rate',
    newcomersAcceptedShare: 'Merge rate of newcomers',
    regularsAcceptedShare: 'Merge rate of regulars',
    hoursToMerge: 'Time to merge (median)',
    hoursToMergeFromOutside: 'Time to merge, from outside',
    hoursToMergeFromInside: 'Time to merge, from inside',
    hoursToFirstResponse: 'First answer to outsiders (median)',
    hoursToFirstResponseInside: 'First answer to insiders (median)',
    issuesNew: 'Issues opened',
    issuesClosed: 'Issues closed',
    newForks: 'New forks',
    newStars: 'New stars',
  } satisfies Record<DigestMetric, string>,

  waitingHeading: 'Waiting for an answer',
  waitingColumns: ['', 'waiting', 'what'],
  waitingMore: (more: number, named: Inline | null) =>
    named === null
      ? phrase`And ${count(more, 'other')}, waiting less long.`
      : phrase`And ${count(more, 'other')}, waiting less long: ${named}.`,
  waitingPulls: 'pull requests without a review',
  waitingIssues: 'issues without a comment',
  waitingAnd: ' and ',
  waitingLists: (lists: Inline) => phrase`GitHub lists ${lists}, the oldest first.`,
  threads: {
    pull_request: 'pull request',
    issue: 'issue',
    discussion: 'discussion',
  } satisfies Record<ThreadType, string>,
  byNewcomer: (thread: string) => `${thread} by a newcomer`,
  untitled: '(no title)',

  owedHeading: 'Reviews owed',
  owedColumns: ['', 'since the author’s last word', 'what'],

  welcomeHeading: 'Welcome',
  others: (people: number, named: boolean) => {
    if (named) return `and ${count(people, 'other')}`
    return people === 1 ? 'an outside contributor' : `${number(people)} outside contributors`
  },
  back: (names: Inline) => phrase`Back after more than six months: ${names}.`,
  deed: (kind: FactKind, thread: Inline | null): Inline => {
    const verb = deedVerbs[kind]
    if (verb === undefined || thread === null) return 'contributed code'
    return kind === 'pull_request.merged' ? phrase`had ${thread} merged` : phrase`${verb} ${thread}`
  },

  /** between two deeds of one person */
  and: ' and ',
  /** of a list of people */
  end: '.',

  flowHeading: 'Pull requests and issues',
  flowSummary: 'Pull requests, issues and contributions by kind',
  mergesChart: 'merged pull requests',
  mergesChartLegend:
    'Merged pull requests of nine weeks: all as bars, those from outside as a line.',
  mergesKey: 'All as bars, those from outside as a line.',
  mergesSeries: { all: 'all', outside: 'from outside' },
  /** the values of a chart, for whoever does not see it */
  series: {
    told: (name: string, values: readonly string[]) => `${name}: ${values.join(', ')}`,
    between: '. ',
  },
  mergesTitle: (weeks: number, all: number, outside: number) =>
    `Merged pull requests, ${number(weeks)} weeks: ${number(all)} in the last, ${number(outside)} of them from outside`,
  slowest: (hours: number) =>
    `One outsider in ten waited more than ${longDuration(hours)} for the first answer.`,
  unanswered: (threads: number) =>
    `${count(threads, 'thread')} of outsiders had no answer when the week ended.`,

  typesColumns: ['Contributions of people', 'this week', 'people', 'from outside'],
  types: {
    'pull requests': 'Pull requests opened',
    reviews: 'Reviews and review comments',
    commits: 'Commits',
    issues: 'Issues opened',
    comments: 'Comments',
    discussions: 'Discussions and their comments',
  } satisfies Record<ContributionType, string>,

  stars: (total: number) => `The repository has ${count(total, 'star')}.`,
  leftOut: (names: string[]) =>
    `Left out, because GitHub limits the length: ${enumeration(names)}.`,

  counted: ({ completeness }: Pick<WeeklyDigest, 'completeness'>) => {
    const { deliveries, failedDeliveries, missedDeliveries, recoveredDeliveries, foundFacts } =
      completeness
    if (deliveries === 0) return null
    const recovered = recoveredDeliveries === missedDeliveries ? 'all' : number(recoveredDeliveries)
    const troubles = [
      missedDeliveries > 0 && `${number(missedDeliveries)} missed, ${recovered} recovered`,
      foundFacts > 0 && `${count(foundFacts, 'event')} found by comparing with GitHub`,
      failedDeliveries > 0 && `${number(failedDeliveries)} could not be read`,
    ].filter((trouble) => trouble !== false)
    const told = troubles.length === 0 ? '' : ` (${troubles.join('; ')})`
    return `Counted from ${count(deliveries, 'delivery', 'deliveries')}${told}.`
  },
  history: (since: string) => `History is known since ${since}.`,
  automated: ({
    automated: { botActions, agentActions, agentCommits },
  }: Pick<WeeklyDigest, 'automated'>) => {
    const agents = enumeration([
      agentActions > 0 && count(agentActions, 'action'),
      agentCommits > 0 && count(agentCommits, 'commit'),
    ])
    const parts = enumeration([
      botActions > 0 && `bots (${count(botActions, 'action')})`,
      agents !== '' && `AI agents (${agents})`,
    ])
    return parts === '' ? null : `Left out: ${parts}.`
  },
  docs: 'How each number is made',
  leaveMeOut: phrase`Nobody is ranked; a comment ${code('/groundswell hide-me')} leaves you out.`,
}

const deedVerbs: Partial<Record<FactKind, string>> = {
  'pull_request.merged': 'had merged',
  'issues.opened': 'reported',
  'pull_request.opened': 'opened',
  'pull_request_review.submitted': 'reviewed',
  'pull_request_review_comment.created': 'reviewed',
  'discussion.created': 'began the discussion',
  'discussion_comment.created': 'took part in',
  'issue_comment.created': 'commented on',
}
