import type { PhrasingContent } from 'mdast'
import { longDuration } from '../../duration.ts'
import { enumeration } from '../../enumeration.ts'
import { type Inline, phrase, strong } from '../../markdown.ts'
import { count, growth, number, percent } from '../../numbers.ts'

/** Makes a link to the evidence of some words. */
type Linked = (text: string) => PhrasingContent

/** The digest's five lines: one a question, each with what is usual. */
export const headlines = {
  fromOutside: (
    { merged, outside, usualShare }: { merged: number; outside: number; usualShare: number | null },
    linked: Linked,
  ): Inline =>
    merged === outside
      ? strong(
          linked(
            merged === 1
              ? 'The one merged pull request'
              : `All ${number(merged)} merged pull requests`,
          ),
          ' came from outside.',
        )
      : phrase`${strong(linked(`${number(outside)} of ${number(merged)} merged pull requests`), ' came from outside')}, ${percent(outside / merged)}${usualShare === null ? '' : ` (usually ${percent(usualShare)})`}.`,
  merged: (merged: number, linked: Linked) =>
    phrase`${strong(linked(count(merged, 'pull request')), ' merged')}, ${merged === 1 ? 'not' : 'none of them'} from outside.`,
  firstAnswer: (hours: number, usual: number | null, waiting: string | null) =>
    `Outsiders had a first human answer after ${longDuration(hours)}${usual === null ? '' : ` (usually ${longDuration(usual)})`}.${waiting === null ? '' : ` ${waiting}.`}`,
  stillWaiting: (threads: number, hours: number) =>
    `${count(threads, 'thread')} of theirs ${threads === 1 ? 'has' : 'have'} waited more than ${longDuration(hours)} for one`,
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

  people: ({
    total,
    outside,
    usual,
    organizations,
  }: {
    total: number
    outside: number
    usual: number | null
    organizations: number | null
  }) => {
    const compared = usual === null || usual === 0 ? '' : ` (usually ${number(usual)})`
    const employers =
      organizations === null || organizations < 2
        ? ''
        : ` They work for ${number(organizations)} organisations, as far as is known.`
    return phrase`${strong(`${count(total, 'person', 'people')} contributed`)}${compared}${ofThemOutside(total, outside)}.${employers}`
  },

  forks: (
    { created, network, rate }: { created: number; network: number | null; rate: number | null },
    linked: Linked,
  ) =>
    phrase`${strong(linked(count(created, 'new fork')))}${network === null ? '' : `, ${number(network)} in the network`}${rate === null ? '' : `, ${growth(rate)} net`}.`,
  milestone: (forks: number, at: string, range: string | null) =>
    `At the usual pace ${number(forks)} falls in ${at}${range === null ? '' : ` (${range})`}.`,
  milestonePassed: (forks: number) => `The network passed ${number(forks)} forks.`,
  range: (earliest: string, latest: string | null) =>
    latest === null ? `${earliest} at the earliest` : `${earliest} to ${latest}`,
  burst: (forks: number, usual: number) =>
    `${number(forks)} of the new ones had no push by the end of the week, where ${number(usual)} are usual.`,

  newcomers: (merged: number, others: number): Inline => {
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
  cohort: (came: number, back: number, month: string) =>
    came === 1
      ? `The one newcomer of ${month} ${back === 1 ? 'has come back' : 'has not come back so far'}.`
      : `Of the ${number(came)} newcomers of ${month}, ${back === 0 ? 'none has' : back === 1 ? 'one has' : `${number(back)} have`} come back.`,

  ahead: (forks: number): Inline =>
    strong(
      forks === 1
        ? 'One fork moved ahead with work of its own.'
        : `${number(forks)} forks moved ahead with work of their own.`,
    ),
  newlyAhead: (forks: number, all: number) => {
    if (forks < all) return `For ${forks === 1 ? 'one' : number(forks)} of them it is the first.`
    return all === 1 ? 'It is its first.' : `For ${all === 2 ? 'both' : 'all'} it is the first.`
  },
  sameWish: (forks: number, name: Inline) =>
    phrase`${number(forks)} forks want the same thing: ${name}.`,
  samePart: (forks: number, name: Inline) =>
    phrase`${number(forks)} forks work on the same part: ${name}.`,
}

function ofThemOutside(total: number, outside: number): string {
  if (outside === 0) return ''
  if (outside < total) return `, ${number(outside)} of them from outside`
  return total === 1 ? ', from outside' : ', all from outside'
}
