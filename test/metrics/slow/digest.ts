import type { FactKind } from '../../../src/events/fact.ts'
import type { Trend } from '../../../src/metrics/trend.ts'
import type { TypeOfContribution } from '../../../src/metrics/types-of-contributions.ts'
import type { WeeklyDigest } from '../../../src/metrics/weekly-digest.ts'
import { dwellers, type World } from '../world.ts'
import { at, different, groupOf, isHuman, isOutsider, Ledger, middle, work } from './ledger.ts'
import { answering, answersIn, beginning, firstMergers, weekOf } from './weeks.ts'

/** All numbers of a digest, and who is in it by account. */
export interface SlowDigest extends Pick<WeeklyDigest, 'firstResponse' | 'types' | 'automated'> {
  trends: Record<string, Trend>
  /** the longest wait first */
  waiting: { number: number; hours: number }[]
  owed: { number: number; hours: number }[]
  /** of October 2026, the month before the week's */
  cohort: { came: number; cameBack: number } | null
  newcomers: { id: number; firstMerge: boolean }[]
  returning: number[]
}

/** @param isKnownFromBeginning the past before the world's first fact is known to be empty */
export function slowDigest(
  world: World,
  { week, waitingHours }: Pick<WeeklyDigest, 'week' | 'waitingHours'>,
  isKnownFromBeginning: boolean,
): SlowDigest {
  const ledger = new Ledger(world, week.from)
  const hours = answersIn(ledger, 0, isOutsider)
  return {
    trends: trends(ledger, isKnownFromBeginning),
    cohort: isKnownFromBeginning ? cohort(ledger) : null,
    owed: owed(ledger).filter((thread) => thread.hours >= waitingHours),
    firstResponse: {
      median: middle(hours),
      p90: at(hours, 0.9),
      answered: hours.length,
      unanswered: waiting(ledger).length,
    },
    waiting: waiting(ledger).filter((thread) => thread.hours >= waitingHours),
    newcomers: newcomers(ledger),
    returning: returning(ledger),
    types: types(ledger),
    automated: automated(ledger),
  }
}

function trends(ledger: Ledger, isKnownFromBeginning: boolean): Record<string, Trend> {
  const weeks = [8, 7, 6, 5, 4, 3, 2, 1, 0].map(
    (ago) => new Map(Object.entries(weekOf(ledger, ago, isKnownFromBeginning))),
  )
  const trend = (metric: string): Trend => {
    const values = weeks.map((each) => each.get(metric) ?? null)
    const known = values.slice(0, 8).flatMap((value) => value ?? [])
    return {
      thisWeek: values[8] ?? null,
      lastWeek: values[7] ?? null,
      usual: known.length < 3 ? null : middle(known),
      weeks: values,
    }
  }
  const metrics = [...(weeks[0]?.keys() ?? [])]
  return Object.fromEntries(metrics.map((metric) => [metric, trend(metric)]))
}

function waiting(ledger: Ledger) {
  return ledger.threads
    .filter((thread) => {
      const answered = ledger
        .in(thread, ...answering)
        .some((fact) => isHuman(fact) && fact.accountId !== thread.authorId)
      const began = beginning(ledger, thread)?.getTime() ?? ledger.end
      return thread.open && !answered && isOutsider(thread.authorId) && began < ledger.end
    })
    .map((thread) => ({
      number: thread.number,
      hours: (ledger.end - (beginning(ledger, thread)?.getTime() ?? 0)) / 3_600_000,
    }))
    .sort((a, b) => b.hours - a.hours || a.number - b.number)
}

/** Pull requests that somebody answered, and then nobody spoke but the author. */
function owed(ledger: Ledger) {
  return ledger.threads
    .flatMap((thread) => {
      const said = ledger
        .in(thread, ...answering)
        .filter(isHuman)
        .sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime())
      const byOthers = said.map(({ accountId }) => accountId !== thread.authorId)
      const after = said.slice(byOthers.lastIndexOf(true) + 1)
      const [word] = byOthers.includes(true) ? after : []
      const counts = thread.type === 'pull_request' && thread.open && !thread.draft
      return counts && isOutsider(thread.authorId) && word !== undefined
        ? [{ number: thread.number, hours: (ledger.end - word.occurredAt.getTime()) / 3_600_000 }]
        : []
    })
    .sort((a, b) => b.hours - a.hours || a.number - b.number)
}

/** Outsiders whose first work of all lies in the month, and who did more a week later or after that. */
function cohort(ledger: Ledger) {
  const [begins, ends] = [Date.UTC(2026, 9, 1), Date.UTC(2026, 10, 1)]
  const spans = dwellers
    .filter(({ id }) => isOutsider(id))
    .map(({ id }) =>
      ledger
        .ever(...work)
        .filter((fact) => isHuman(fact) && fact.accountId === id)
        .map(({ occurredAt }) => occurredAt.getTime()),
    )
    .filter((times) => Math.min(...times) >= begins && Math.min(...times) < ends)
  const back = spans.filter((times) => Math.max(...times) - Math.min(...times) >= 7 * 86_400_000)
  return spans.length === 0 ? null : { came: spans.length, cameBack: back.length }
}

function newcomers(ledger: Ledger) {
  const merged = firstMergers(ledger, 0)
  const now = ledger.inWeek(0, ...work).filter(({ accountId }) => isOutsider(accountId))
  const ids = new Set(now.flatMap(({ accountId }) => accountId ?? []))
  return [...ids]
    .filter((id) => {
      const all = ledger.ever(...work).filter(({ accountId }) => accountId === id)
      const here = now.filter(({ accountId }) => accountId === id)
      return merged.includes(id) || all.length === here.length
    })
    .map((id) => ({ id, firstMerge: merged.includes(id) }))
}

/** Nothing of theirs in the six months before the week, and something before that. */
function returning(ledger: Ledger): number[] {
  const now = ledger.inWeek(0, ...work).filter(isHuman)
  const begins = ledger.end - 7 * 24 * 3_600_000
  const away = new Date(begins)
  away.setUTCMonth(away.getUTCMonth() - 6)
  return [...new Set(now.flatMap(({ accountId }) => accountId ?? []))].filter((id) => {
    const before = ledger
      .ever(...work)
      .filter(({ accountId, occurredAt }) => accountId === id && occurredAt.getTime() < begins)
    return before.length > 0 && before.every(({ occurredAt }) => occurredAt < away)
  })
}

const kindsOf: [TypeOfContribution['type'], FactKind[]][] = [
  ['pull requests', ['pull_request.opened']],
  ['reviews', ['pull_request_review.submitted', 'pull_request_review_comment.created']],
  ['commits', ['commit.authored', 'commit.coauthored']],
  ['issues', ['issues.opened']],
  ['comments', ['issue_comment.created', 'commit_comment.created']],
  ['discussions', ['discussion.created', 'discussion_comment.created']],
]

function types(ledger: Ledger): TypeOfContribution[] {
  return kindsOf
    .map(([type, kinds]) => {
      const facts = ledger.inWeek(0, ...kinds).filter(isHuman)
      const outside = facts.filter(({ accountId }) => isOutsider(accountId))
      return {
        ...{ type, contributions: facts.length },
        ...{ people: different(facts), outsidePeople: different(outside) },
      }
    })
    .filter(({ contributions }) => contributions > 0)
}

function automated(ledger: Ledger) {
  const all = ledger.inWeek(0, ...work)
  const agents = all.filter(
    ({ accountId, detail }) => detail.agent !== undefined || groupOf(accountId) === 'ai',
  )
  const commits = agents.filter(({ kind }) => kind.startsWith('commit.'))
  return {
    botActions: all.filter(({ accountId }) => groupOf(accountId) === 'bot').length,
    agentActions: agents.length - commits.length,
    agentCommits: commits.length,
  }
}
