import type { FactKind, ThreadType } from '../events/fact.ts'
import type { ContributionType } from '../metrics/types-of-contributions.ts'
import type { DigestMetric, WeeklyDigest } from '../metrics/weekly-digest.ts'
import { longDuration } from './duration.ts'
import { code, type Inline, phrase, strong } from './markdown.ts'
import { count, growth, number, percent } from './numbers.ts'

/** Every sentence of the digest. */
export const digestWords = {
  title: (week: string, days: string) => `Week ${week}: ${days}`,

  partial: (since: string) =>
    `Counting began on ${since}, so this week is not whole, and there is nothing yet to compare it with.`,

  fromOutside: (merged: number, outside: number, usualShare: number | null) =>
    merged === outside
      ? strong(
          merged === 1
            ? 'The one merged pull request came from outside.'
            : `All ${number(merged)} merged pull requests came from outside.`,
        )
      : phrase`${strong(`${number(outside)} of ${number(merged)} merged pull requests came from outside`)}, ${percent(outside / merged)}${usualShare === null ? '' : ` (usually ${percent(usualShare)})`}.`,
  merged: (merged: number) =>
    phrase`${strong(`${count(merged, 'pull request')} merged`)}, ${merged === 1 ? 'not' : 'none of them'} from outside.`,
  firstAnswer: (hours: number, usual: number | null) =>
    `Outsiders had a first human answer after ${longDuration(hours)}${usual === null ? '' : ` (usually ${longDuration(usual)})`}.`,

  newcomers: (merged: number, others: number) => {
    if (merged === 0)
      return strong(`${count(others, 'person', 'people')} took part for the first time.`)
    const first = strong(
      merged === 1
        ? 'One person had a first pull request merged.'
        : `${number(merged)} people had their first pull request merged.`,
    )
    if (others === 0) return first
    return phrase`${first} ${number(others)} more took part for the first time.`
  },
  returning: (people: number) =>
    people === 1
      ? 'One came back after more than six months.'
      : `${number(people)} came back after more than six months.`,

  waiting: (
    {
      pullRequests,
      issues,
      discussions,
    }: { pullRequests: number; issues: number; discussions: number },
    hours: number,
  ) => {
    const what = enumeration([
      pullRequests > 0 && count(pullRequests, 'pull request'),
      issues > 0 && count(issues, 'issue'),
      discussions > 0 && count(discussions, 'discussion'),
    ])
    const have = pullRequests + issues + discussions === 1 ? 'has' : 'have'
    return phrase`${strong(`${what} from outside`)} ${have} waited more than ${longDuration(hours)} for a first answer.`
  },

  forks: (created: number, rate: number | null) =>
    phrase`${strong(count(created, 'new fork'))}${rate === null ? '' : `, ${growth(rate)} net`}.`,

  people: (total: number, outside: number | null, usual: number | null) => {
    const compared = usual === null || usual === 0 ? '' : ` (usually ${number(usual)})`
    return phrase`${strong(`${count(total, 'person', 'people')} contributed`)}${compared}${fromOutside(total, outside ?? 0)}.`
  },

  columns: ['', 'this week', 'last week', 'usual (8 weeks)', 'trend'],

  metrics: {
    contributors: 'Contributors',
    outsideContributors: 'Contributors from outside',
    newContributors: 'First pull request merged',
    opened: 'Pull requests opened',
    merged: 'Pull requests merged',
    mergedFromOutside: 'Merged from outside',
    outsideShare: 'Share from outside',
    declined: 'Closed without a merge',
    acceptedShare: 'Merge rate',
    hoursToMerge: 'Time to merge (median)',
    hoursToFirstResponse: 'First answer to outsiders (median)',
    issuesNew: 'Issues opened',
    issuesClosed: 'Issues closed',
    newForks: 'New forks',
    newStars: 'New stars',
  } satisfies Record<DigestMetric, string>,

  waitingHeading: 'Waiting for an answer',
  waitingColumns: ['', 'waiting', 'what'],
  waitingMore: (more: number) => `And ${count(more, 'other')}, waiting less long.`,
  threads: {
    pull_request: 'pull request',
    issue: 'issue',
    discussion: 'discussion',
  } satisfies Record<ThreadType, string>,
  byNewcomer: (thread: string) => `${thread} by a newcomer`,
  untitled: '(no title)',

  welcomeHeading: 'Welcome',
  others: (people: number, named: boolean) => {
    if (named) return `and ${count(people, 'other')}`
    return people === 1 ? 'an outside contributor' : `${number(people)} outside contributors`
  },
  back: (names: Inline) => phrase`Back after more than six months: ${names}.`,
  deed: (kind: FactKind, thread: Inline | null) => {
    const verb = deedVerbs[kind]
    if (verb === undefined || thread === null) return 'contributed code'
    return kind === 'pull_request.merged' ? phrase`had ${thread} merged` : phrase`${verb} ${thread}`
  },

  flowHeading: 'Pull requests and issues',
  flowSummary: 'Pull requests, issues and contributions by kind',
  slowest: (hours: number) =>
    `One outsider in ten waited more than ${longDuration(hours)} for the first answer.`,
  unanswered: (threads: number) =>
    `${count(threads, 'thread')} of outsiders had no answer when the week ended.`,

  typesColumns: ['Contributions of people', 'this week', 'people', 'from outside'] as const,
  types: {
    'pull requests': 'Pull requests opened',
    reviews: 'Reviews and review comments',
    commits: 'Commits',
    issues: 'Issues opened',
    comments: 'Comments',
    discussions: 'Discussions and their comments',
  } satisfies Record<ContributionType, string>,

  growthHeading: 'Forks and stars',
  network: (total: number, link: (text: string) => Inline) =>
    phrase`${link('The fork network')}, forks of forks included, holds ${number(total)}.`,
  stars: (total: number) => `The repository has ${count(total, 'star')}.`,
  leftOut: (names: string[]) =>
    `Left out, because GitHub limits the length: ${enumeration(names)}.`,

  counted: ({ completeness }: WeeklyDigest) => {
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
  automated: ({ automated: { botActions, agentActions, agentCommits } }: WeeklyDigest) => {
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

function fromOutside(total: number, outside: number): string {
  if (outside === 0) return ''
  if (outside < total) return `, ${number(outside)} of them from outside`
  return total === 1 ? ', from outside' : ', all from outside'
}

/** `a`, `a and b`, `a, b and c`; parts that are false or empty are passed over. */
function enumeration(parts: readonly (string | false)[]): string {
  const said = parts.filter((part) => part !== false).filter((part) => part !== '')
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(said)
}
