import { buildBot, codingAgent, dependencyBot, type Maintainer, maintainers } from './cast.ts'
import { dayMinutes, type Happening, hourMinutes } from './happening.ts'
import type { DiscussionPlot, IssuePlot } from './issues.ts'
import type { PullRequestPlot } from './pull-requests.ts'
import type { Seeded } from './seeded.ts'

/** How long a first answer takes, in hours, week by week: the lab gets quicker, and has a holiday. */
const answerHours = [26, 22, 24, 17, 15, 13, 16, 11, 60, 9, 8, 7]

const remarks = [
  'Thank you. Could you add a test that fails without this?',
  'Nice find. One question: what happens when the list is empty?',
  'Good idea. Please keep the old name as an alias for one release.',
  'I tried it here and it works. A line in the docs, and we are there.',
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
const replies = [
  'Thank you for the report. I can see it here.',
  'Which version is that? With 0.8 I do not get it.',
  'Good question. Others have asked; it belongs into the docs.',
] as const

/** A pull request from its fork to its end. */
export function pullRequest(plot: PullRequestPlot, chance: Seeded): Happening[] {
  const [by, day, fate, file, title, more = {}] = plot
  const thread = more.thread ?? `pull-request/${title}`
  const openedAt = atDay(day, chance)
  const readyAt = openedAt + (more.draftDays ?? 0) * dayMinutes
  const fromFork = isOutside(by)
  const happenings: Happening[] = [
    {
      at: openedAt,
      deed: {
        kind: 'open-pull-request',
        thread,
        by,
        title,
        fromFork,
        files: [file, ...besides(file)],
        body: more.body ?? null,
        draft: readyAt > openedAt,
        coAuthors: more.coAuthors ?? [],
      },
    },
  ]
  if (readyAt > openedAt) happenings.push({ at: readyAt, deed: { kind: 'mark-ready', thread } })
  if (chance.whole(1, 4) === 1)
    happenings.push(saying(readyAt + 9, thread, buildBot, 'All checks passed in 6 minutes.'))
  if (fate === 'ignored') return happenings

  const reviewer = someoneElse(by, chance)
  const answeredAt = daytime(readyAt + delay(readyAt, by, chance))
  const review = { kind: 'review', thread, by: reviewer } as const
  if (fate === 'talked' || fate === 'closed') {
    const says = chance.one(fate === 'closed' ? refusals : remarks)
    happenings.push({ at: answeredAt, deed: { ...review, verdict: 'commented', says } })
    if (fate === 'closed')
      happenings.push({
        at: answeredAt + 5,
        deed: { kind: 'close-pull-request', thread, by: reviewer },
      })
    return happenings
  }
  const asksForChanges = fate === 'stalled' || chance.whole(1, 5) < 3
  let approvedAt = answeredAt
  if (asksForChanges) {
    const says = chance.one(remarks)
    happenings.push({ at: answeredAt, deed: { ...review, verdict: 'changes_requested', says } })
    if (fate === 'stalled') return happenings
    const pushedAt = daytime(answeredAt + chance.whole(2, 40) * hourMinutes)
    const message = 'Do as the review says'
    happenings.push({ at: pushedAt, deed: { kind: 'push-to-pull-request', thread, message } })
    approvedAt = daytime(pushedAt + delay(pushedAt, by, chance) / 2)
  }
  const says = chance.one(approvals)
  const mergedAt = approvedAt + chance.whole(5, 90)
  return [
    ...happenings,
    { at: approvedAt, deed: { ...review, verdict: 'approved', says } },
    { at: mergedAt, deed: { kind: 'merge', thread, by: reviewer, squash: fate === 'squashed' } },
  ]
}

export function issue([by, day, fate, title, more = {}]: IssuePlot, chance: Seeded): Happening[] {
  const thread = more.thread ?? `issue/${title}`
  const openedAt = atDay(day, chance)
  const opened: Happening = {
    at: openedAt,
    deed: { kind: 'open-issue', thread, by, title, body: more.body ?? null },
  }
  if (fate === 'ignored') return [opened]
  const maintainer = someoneElse(by, chance)
  const answeredAt = daytime(openedAt + delay(openedAt, by, chance))
  const says =
    fate === 'declined' ? 'Thank you, but this is not where we want to go.' : chance.one(replies)
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
