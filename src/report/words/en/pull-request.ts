import type { Milestone } from '../../../metrics/milestones.ts'
import { longDuration } from '../../duration.ts'
import { code, type Inline, join, phrase, strong } from '../../markdown.ts'
import { count, number, ordinal } from '../../numbers.ts'

const ordinals: Partial<Record<number, string>> = {
  ...{ 2: 'second', 3: 'third', 10: 'tenth', 50: 'fiftieth', 100: 'hundredth' },
}

/** Every sentence of the comment on a pull request. */
export const pullRequest = {
  first: (who: Inline, reported: Inline | null) =>
    reported === null
      ? phrase`${strong(phrase`A first pull request from ${who}`)}.`
      : phrase`${strong(phrase`A first pull request from ${who}`)}, who reported ${reported} before.`,

  known: (who: Inline, nth: number) =>
    phrase`${who}: ${ordinals[nth] ?? ordinal(nth)} pull request here.`,
  knownMerged: (
    who: Inline,
    {
      merged,
      since,
      last,
      areas,
    }: Record<'since' | 'last' | 'areas', Inline | null> & { merged: number },
  ) =>
    phrase`${who}: ${number(merged)} merged here${since === null ? '' : phrase` since ${since}`}${last === null ? '' : phrase`, last seen ${last}`}${areas === null ? '' : phrase`, mostly in ${areas}`}.`,
  ago: (days: number) => (days < 1 ? 'today' : `${longDuration(days * 24)} ago`),

  returning: (who: Inline, away: string) =>
    phrase`${strong(phrase`Welcome back, ${who}`)}: the last contribution here was ${away} ago.`,
  mergedBefore: (merged: number, areas: Inline | null) =>
    phrase`${count(merged, 'pull request')} of theirs ${merged === 1 ? 'is' : 'are'} merged${areas === null ? '' : phrase`, mostly in ${areas}`}.`,

  years: (days: number) => {
    const years = Math.floor(days / 365.25)
    return years < 2 ? 'more than a year' : `${number(years)} years`
  },

  usualAnswer: (hours: number) =>
    `Half of the outside pull requests here get a first human answer within ${longDuration(hours)}.`,
  reviewers: (area: Inline, names: Inline) => phrase`${area} is most often reviewed by ${names}.`,

  merged: (nth: number, who: Inline, { after, stands }: { after: string; stands: boolean }) => {
    if (nth === 1) return strong(phrase`Merged: ${who}’s first change here, after ${after}.`)
    const which = phrase`Merged: ${who}’s ${ordinals[nth] ?? ordinal(nth)} pull request here, after ${after}.`
    return stands ? strong(which) : which
  },
  /** For somebody who asked not to be named, without a number that tells who it is. */
  mergedUnnamed: (who: Inline, after: string) =>
    phrase`Merged: a pull request of ${who}, after ${after}.`,
  milestones: {
    '10': 'Thank you for staying with this project.',
    '50': 'Thank you for all fifty.',
    '100': 'Thank you for every one of them.',
    year: 'Their first one was merged a year ago. It is good that they are still here.',
  } satisfies Record<Milestone, string>,
  mergedReturning: 'It is good to have them back after a year or more.',
  contributors: (name: Inline, total: number) =>
    phrase`That makes ${count(total, 'person who has', 'people who have')} contributed to ${name}.`,

  and: (parts: readonly Inline[]) =>
    join(
      parts.map((part, index) =>
        index === 0 ? part : join([index === parts.length - 1 ? ' and ' : ', ', part]),
      ),
    ),
  more: (total: number) => `${number(total)} more`,

  docs: 'What Groundswell counts',
  leaveMeOut: phrase`${code('/groundswell hide-me')} leaves you out`,
  someplace: 'this part',
  project: 'this project',
}
