import { buildBot, codingAgent, dependencyBot, type Maintainer, maintainers } from './cast.ts'
import { type Deed, dayMinutes, type Happening, hourMinutes } from './happening.ts'
import type { DiscussionPlot, IssuePlot } from './issues.ts'
import type { PullRequestPlot } from './pull-requests.ts'
import type { Seeded } from './seeded.ts'

/** How long a first answer takes, in hours, week by week: the lab gets quicker, and has a holiday. */
const answerHours = [26, 22, 24, 17, 15, 13, 16, 11, 60, 9, 8, 7]

const remarksOnCode = [
  'Thank you. Could you add a test that fails without this?',
  'Nice find. One question: what happens when there is nothing to read?',
  'Good idea. Please keep the old name as an alias for one release.',
  'I tried it here and it works. A line in the docs, and we are there.',
] as const
const remarksOnDocs = [
  'Lovely. Please link it from the list on the first page, too.',
  'Thank you. The second example is from an older version; could you run it once?',
] as const
const approvals = [
  'Looks good, thank you.',
  'Clear and small. Merging.',
  'Works here, too.',
] as const
const refusals = [
  'Thank you for the work. We cannot test this, so we cannot keep it alive. Your fork can.',
  'We decided against this in the roadmap, sorry. I should have written it down.',
] as const
const confirmations = [
  'Thank you for the report. I can see it here.',
  'Found it. The mend will be in the next release.',
] as const
const replies = [
  'Good question. It belongs into the docs.',
  'Thank you for writing this down. We talk about it on Thursday.',
  'I would like that, too. Would anybody like to try?',
] as const

const pullRequestBodies = [
  null,
  'Tried with the small model on Linux; the tests pass.',
  'I use this every day and thought that others may want it.',
  'Small change, see the test.',
] as const
const issueBodies = [
  null,
  'Seen with the small model on Linux. I can try things if that helps.',
  'What I did:\n\n1. installed the latest release\n2. ran the quick start\n\nI expected it to say nothing about this.',
  'I looked through the open issues and did not find it.',
] as const
const asTheReviewSays = 'Do as the review says'
const notOurs = 'Thank you, but this is not where we want to go.'

/** A pull request from its opening to its end. */
export function pullRequest(plot: PullRequestPlot, chance: Seeded): Happening[] {
  const [by, day, fate, file, title, more = {}] = plot
  const thread = more.thread ?? `pull-request/${title}`
  const openedAt = atDay(day, chance)
  const readyAt = openedAt + (more.draftDays ?? 0) * dayMinutes
  const draft = readyAt > openedAt
  const opened: Deed = {
    kind: 'open-pull-request',
    thread,
    by,
    title,
    body: more.body ?? chance.one(pullRequestBodies),
    files: [file, ...besides(file)],
    draft,
    fromFork: isOutside(by),
    coAuthors: more.coAuthors ?? [],
  }
  const happenings: Happening[] = [{ at: openedAt, deed: opened }]
  if (draft) happenings.push({ at: readyAt, deed: { kind: 'mark-ready', thread } })
  if (chance.whole(1, 4) === 1) {
    happenings.push(saying(readyAt + 9, thread, buildBot, 'All checks passed in 6 minutes.'))
  }
  return fate === 'ignored'
    ? happenings
    : [...happenings, ...review({ thread, by, file, fate, readyAt }, chance)]
}

interface Reviewed {
  thread: string
  by: string
  file: string
  fate: PullRequestPlot[2]
  readyAt: number
}

/** What one of the maintainers says and does, and what the author makes of it. */
function review({ thread, by, file, fate, readyAt }: Reviewed, chance: Seeded): Happening[] {
  const reviewer = someoneElse(by, chance)
  const answeredAt = daytime(readyAt + delay(readyAt, by, chance))
  const says = (
    at: number,
    verdict: 'approved' | 'changes_requested' | 'commented',
    words: string,
  ): Happening => ({ at, deed: { kind: 'review', thread, by: reviewer, verdict, says: words } })
  const remark = chance.one(/^docs|README/.test(file) ? remarksOnDocs : remarksOnCode)
  const asked = says(answeredAt, 'changes_requested', remark)
  if (fate === 'talked') return [says(answeredAt, 'commented', remark)]
  if (fate === 'stalled') return [asked]
  if (fate === 'owed') {
    const at = daytime(answeredAt + dayMinutes)
    const push = { kind: 'push-to-pull-request', thread, message: asTheReviewSays } as const
    return [asked, { at, deed: push }, saying(at + 4, thread, by, 'Done. Would you look again?')]
  }
  if (fate === 'closed') {
    const deed = { kind: 'close-pull-request', thread, by: reviewer } as const
    return [says(answeredAt, 'commented', chance.one(refusals)), { at: answeredAt + 5, deed }]
  }
  const approve = (at: number): Happening[] => [
    says(at, 'approved', chance.one(approvals)),
    {
      at: at + chance.whole(5, 90),
      deed: { kind: 'merge', thread, by: reviewer, squash: fate === 'squashed' },
    },
  ]
  if (chance.whole(1, 5) > 2) return approve(answeredAt)
  const pushedAt = daytime(answeredAt + chance.whole(2, 40) * hourMinutes)
  const push = { kind: 'push-to-pull-request', thread, message: asTheReviewSays } as const
  return [
    asked,
    { at: pushedAt, deed: push },
    ...approve(daytime(pushedAt + delay(pushedAt, by, chance) / 2)),
  ]
}

export function issue([by, day, fate, title, more = {}]: IssuePlot, chance: Seeded): Happening[] {
  const thread = more.thread ?? `issue/${title}`
  const openedAt = atDay(day, chance)
  const opened: Happening = {
    at: openedAt,
    deed: { kind: 'open-issue', thread, by, title, body: more.body ?? chance.one(issueBodies) },
  }
  if (fate === 'ignored') return [opened]
  const maintainer = someoneElse(by, chance)
  const answeredAt = daytime(openedAt + delay(openedAt, by, chance))
  const says =
    fate === 'declined' ? notOurs : chance.one(fate === 'fixed' ? confirmations : replies)
  const answered = [opened, saying(answeredAt, thread, maintainer, says)]
  if (isOutside(by) && chance.whole(1, 2) === 1) {
    const thanks = 'Thanks for the quick answer. I will try again tonight.'
    answered.push(saying(answeredAt + chance.whole(1, 20) * hourMinutes, thread, by, thanks))
  }
  if (fate === 'talked') return answered
  const closedAt = daytime(
    answeredAt + chance.whole(fate === 'declined' ? 0 : 20, 90) * hourMinutes,
  )
  return [...answered, { at: closedAt, deed: { kind: 'close-issue', thread, by: maintainer } }]
}

export function discussion(plot: DiscussionPlot, chance: Seeded): Happening[] {
  const { by, day, title, answeredBy, says } = plot
  const thread = `discussion/${title}`
  const openedAt = atDay(day, chance)
  const answeredAt = daytime(openedAt + chance.whole(3, 40) * hourMinutes)
  const body = 'I looked in the docs and did not find it.'
  return [
    { at: openedAt, deed: { kind: 'open-discussion', thread, by, title, body } },
    {
      at: answeredAt,
      deed: { kind: 'answer-discussion', thread, by: answeredBy, says, accepted: true },
    },
  ]
}

/** Neither of the lab, nor a bot of anybody's. */
export function isOutside(login: string): boolean {
  const ours: readonly string[] = [...maintainers, buildBot, dependencyBot, codingAgent]
  return !ours.includes(login)
}

function saying(at: number, thread: string, by: string, says: string): Happening {
  return { at, deed: { kind: 'comment', thread, by, says } }
}

function someoneElse(login: string, chance: Seeded): Maintainer {
  const maintainer = chance.one(maintainers)
  if (maintainer !== login) return maintainer
  return maintainers[(maintainers.indexOf(maintainer) + 1) % maintainers.length] ?? maintainer
}

/** Minutes until somebody answers; colleagues are nearer than strangers. */
function delay(at: number, by: string, chance: Seeded): number {
  const hours = answerHours[Math.floor(at / (7 * dayMinutes))] ?? 7
  const usual = hours * hourMinutes * (isOutside(by) ? 1 : 0.4)
  return Math.round((usual * chance.whole(30, 170)) / 100)
}

function atDay(day: number, chance: Seeded): number {
  return day * dayMinutes + chance.whole(7 * hourMinutes, 17 * hourMinutes)
}

/** Nobody answers at night: the same instant, or the next morning. */
function daytime(at: number): number {
  const whole = Math.round(at)
  const minute = whole % dayMinutes
  const morning = 8 * hourMinutes + (whole % 50)
  if (minute < 8 * hourMinutes) return whole - minute + morning
  return minute > 21 * hourMinutes ? whole - minute + dayMinutes + morning : whole
}

/** Code brings its test along. */
function besides(file: string): string[] {
  const [, name] = /^src\/\w+\/(\w+)\.py$/.exec(file) ?? []
  return name === undefined ? [] : [`tests/test_${name}.py`]
}
