import type { ForkState } from '../../../metrics/fork-state.ts'
import type { ThemeKind } from '../../../metrics/theme-words.ts'
import { enumeration } from '../../enumeration.ts'
import { code, type Inline, phrase, strong } from '../../markdown.ts'
import { count, growth, number } from '../../numbers.ts'

/** Every sentence about forks. */
export const forks = {
  title: 'Forks',
  notYet: 'The forks have not been read yet. They are, once the history of this repository is.',

  network: (size: number, direct: number | null) =>
    phrase`${strong(`The fork network holds ${number(size)}`)}, forks of forks and private ones included${direct === null ? '' : `; ${number(direct)} ${direct === 1 ? 'is a fork' : 'are forks'} of this repository itself`}.`,
  made: (made: number, days: string, change: string) =>
    `From ${days}, ${made === 0 ? 'none was' : made === 1 ? 'one was' : `${number(made)} were`} made${change}.`,
  net: (net: number, rate: number | null) =>
    `; with deleted ones taken off, the network changed by ${signed(net)}${rate === null || rate === 0 ? '' : ` (${growth(rate)})`}`,

  usual: (perWeek: number, low: number, high: number) =>
    `A usual week adds ${number(perWeek)}${low === high ? '' : ` (${number(low)} to ${number(high)})`}.`,
  milestone: (forks: number, at: string, range: string | null) =>
    `At that rate the network holds ${number(forks)} in ${at}${range === null ? '' : ` (${range})`}.`,
  between: (earliest: string, latest: string | null) =>
    latest === null ? `${earliest} at the earliest` : `between ${earliest} and ${latest}`,
  burst: (forks: number, usual: number) =>
    `In the last whole week ${number(forks)} forks were made that nobody pushed to before it ended; ${number(usual)} are usual. That can be a course, or a link that went around.`,
  cohort: (forked: number, steps: readonly string[]) =>
    `Of ${count(forked, 'owner')} who forked three to six months ago, ${enumeration(steps)}.`,
  steps: { pushed: 'pushed', opened: 'opened a pull request here', merged: 'had one merged' },
  daysToPush: (days: number) => ` (the first time ${after(days)}, median)`,
  daysToMerge: (days: number) => ` (the first ${after(days)}, median)`,

  states: (known: number, parts: readonly string[]) =>
    `${count(known, 'public fork')} ${known === 1 ? 'is' : 'are'} known: ${parts.join('; ')}.`,
  state: {
    untouched: 'were never pushed to',
    mirror: 'follow this repository',
    synced: 'followed it for a while',
    patched: 'have up to nine commits of their own',
    diverged: 'have more than that, or a history written anew',
    'hard fork': 'live on their own',
    contributing: 'contribute by pull requests',
    unrelated: 'share nothing with this repository',
  } satisfies Record<Exclude<ForkState, 'gone'>, string>,
  stateOfOne: {
    untouched: 'was never pushed to',
    mirror: 'follows this repository',
    synced: 'followed it for a while',
    patched: 'has up to nine commits of its own',
    diverged: 'has more than that, or a history written anew',
    'hard fork': 'lives on its own',
    contributing: 'contributes by pull requests',
    unrelated: 'shares nothing with this repository',
  } satisfies Record<Exclude<ForkState, 'gone'>, string>,
  untold: (forks: number) => `of ${number(forks)} too little is known to say more`,

  workHeading: 'Work that is not here yet',
  workColumns: ['fork', 'original commits', 'where', 'latest commit', 'pull request'],
  workMore: (more: number) => `And ${count(more, 'other fork')} with work of their own.`,
  nameless: '(a fork without a name)',
  someplace: '(somewhere)',
  someWish: '(something)',
  offered: 'none open',

  themesHeading: 'The same wish in several forks',
  theme: (kind: ThemeKind, name: Inline, forks: number, words: Inline | null) =>
    phrase`${strong(name)}${kind === 'area' ? '' : ` (${kind})`} in ${number(forks)} forks${words === null ? '' : phrase`, told by ${words}`}.`,

  scanned: (at: string) => `All public forks were looked at on ${at}.`,
  refreshed: (at: string) => `What was pushed to was looked at on ${at}.`,
  partial: (known: number, size: number | null) =>
    `The forks are being read for the first time, so these numbers are not whole: ${number(known)}${size === null ? '' : ` of about ${number(size)}`} are known so far.`,
  underWay: 'They are being looked at again.',
  troubled: (forks: number) => `GitHub could not answer for ${count(forks, 'fork')}.`,
  byApi:
    'They were compared by GitHub, which does not tell how much of their work is here already, so original commits are not known.',
  parent: (name: Inline) =>
    phrase`This repository is itself a fork of ${name}: counted is what was made from this one.`,
  milestoneNote: {
    title: (forks: number) => `${number(forks)} forks`,
    passed: (forks: number, at: string) =>
      phrase`By ${at} the fork network had passed ${strong(`${number(forks)} forks`)}, forks of forks and private ones included.`,
    step: ({ before, days, isSeen }: { before: number; days: number; isSeen: boolean }) =>
      `The way from ${number(before)} took ${isSeen ? '' : 'about '}${count(days, 'day')}${isSeen ? '' : ', going by the forks that are still there'}.`,
    withWork: (forks: number) =>
      forks === 0
        ? phrase`None of the public ones is known to hold work of its own.`
        : phrase`${count(forks, 'public fork')} ${forks === 1 ? 'holds work of its own' : 'hold work of their own'} that is not here; ${code('/groundswell forks')} shows it.`,
    why: phrase`Told once for each milestone, since ${code('milestones')} is on under ${code('forks')} in the configuration of this repository.`,
  },
  order:
    'What comes first is a matter of commits, of how recent they are, and of several forks wanting the same; people are not ranked.',
}

function after(days: number): string {
  return days < 0.5 ? 'within a day' : `after ${count(Math.round(days), 'day')}`
}

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${number(value)}`
}
