import { type Inline, phrase, strong } from '../../markdown.ts'
import { count, number } from '../../numbers.ts'

/** Every sentence about forks in the digest. */
export const digestForks = {
  heading: 'Forks and stars',

  columns: ['fork', 'original commits', 'where', 'state', 'last push'],
  commits: (all: number, fresh: number | null) =>
    fresh === null || fresh === 0 ? number(all) : `${number(all)} (+${number(fresh)})`,
  state: {
    untouched: 'untouched',
    mirror: 'mirror',
    synced: 'synced',
    patched: 'patched',
    diverged: 'diverged',
    'hard fork': 'hard fork',
    contributing: 'contributing',
  } as Record<string, string>,
  hardFork: (releases: number) => `hard fork, ${count(releases, 'release')}`,
  more: (more: number) => `And ${count(more, 'other')} with new work.`,
  nameless: '(a fork without a name)',
  someplace: '(somewhere)',
  someWish: '(something)',

  sameWish: (forks: number, name: Inline, owners: Inline, pullRequests: Inline | null) =>
    phrase`${strong(`The same wish in ${number(forks)} forks:`)} ${name}, in ${owners}; ${pullRequests === null ? 'none has an open pull request here' : phrase`offered here in ${pullRequests}`}.`,
  samePart: (forks: number, name: Inline, owners: Inline, pullRequests: Inline | null) =>
    phrase`${strong(`The same part in ${number(forks)} forks:`)} ${name}, in ${owners}; ${pullRequests === null ? 'none has an open pull request here' : phrase`offered here in ${pullRequests}`}.`,
  others: (more: number) => count(more, 'other'),

  cohort: ({
    forked,
    pushed,
    opened,
    merged,
    days,
  }: {
    forked: number
    pushed: number
    opened: number
    merged: number
    days: number | null
  }) =>
    `Of ${count(forked, 'owner')} who forked three to six months ago, ${number(pushed)} pushed, ${number(opened)} opened a pull request here and ${number(merged)} had one merged${days === null ? '' : `; the first pull request came after ${count(Math.round(days), 'day')} (median)`}.`,

  growthSummary: (weeks: number) => `Fork network, ${number(weeks)} weeks`,
  growthColumns: { week: 'week', forks: 'forks' },
  growthAxis: 'forks in the network',
  growthTitle: (weeks: number, first: number, last: number) =>
    `Forks in the network, ${number(weeks)} weeks: from ${number(first)} to ${number(last)}`,
  forksWithWork: 'Forks with original work',
  network: (total: number, link: (text: string) => Inline) =>
    phrase`${link('The fork network')}, forks of forks included, holds ${number(total)}.`,
  unread: 'What lives in the forks is being read, so this section is not whole yet.',
  byApi:
    'GitHub compared the forks, which does not tell how much of their work is here already, so original commits are not known.',
}
