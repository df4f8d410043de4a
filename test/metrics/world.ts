import fc from 'fast-check'
import type { Fact, FactKind, ThreadState, ThreadType } from '../../src/events/fact.ts'
import type { Group } from '../../src/metrics/history.ts'
import { weekAfter } from '../../src/metrics/window.ts'
import { week47 } from './histories.ts'

/** An account of a made-up project. */
export interface Dweller {
  id: number
  login: string
  type: 'User' | 'Bot'
  group: Group
  /** a member, all the time */
  inside: boolean
}

/** All that happened in a made-up project until week 47 was over, as the ledger would have it. */
export interface World {
  facts: Fact[]
  threads: ThreadState[]
}

const human = (id: number, login: string, inside = false): Dweller => ({
  ...{ id, login, type: 'User', group: 'human', inside },
})

export const dwellers: readonly Dweller[] = [
  human(1, 'newcomer-a'),
  human(2, 'newcomer-b'),
  human(3, 'newcomer-c'),
  human(4, 'newcomer-d'),
  human(5, 'maintainer-x', true),
  human(6, 'maintainer-y', true),
  { id: 7, login: 'dependabot[bot]', type: 'Bot', group: 'bot', inside: false },
  { id: 8, login: 'copilot-swe-agent[bot]', type: 'Bot', group: 'ai', inside: false },
]

const repositoryId = 1000
const hourMs = 3_600_000
const weekHours = 168
const start = weekAfter(week47, -10).from

/** Hours since ten weeks before week 47; now and then the stroke of midnight between two weeks, or long before. */
const anyHour = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 0, max: 11 * weekHours - 1 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 10 }).map((week) => week * weekHours) },
  { weight: 2, arbitrary: fc.integer({ min: -6_000, max: -1 }) },
)
const anybody = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...dwellers.map(({ id }) => id)) },
  { weight: 1, arbitrary: fc.constant(null) },
)

interface Step {
  after: number
  what: 'comment' | 'review' | 'line comment' | 'close' | 'reopen' | 'merge' | 'ready'
  by: number | null
}

interface Script {
  type: ThreadType
  by: number | null
  opened: number
  draft: boolean
  steps: Step[]
}

const anyScript: fc.Arbitrary<Script> = fc.record({
  type: fc.constantFrom('pull_request', 'pull_request', 'issue', 'discussion'),
  by: anybody,
  opened: anyHour,
  draft: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, fc.constant(true)),
  steps: fc.array(
    fc.record({
      after: fc.integer({ min: 1, max: 200 }),
      what: fc.constantFrom<Step['what'][]>(
        ...(['comment', 'review', 'line comment', 'close', 'reopen', 'merge', 'ready'] as const),
      ),
      by: anybody,
    }),
    { maxLength: 7 },
  ),
})

const anyLoose = fc.record({
  kind: fc.constantFrom<FactKind[]>('star.created', 'fork', 'commit.authored', 'commit.coauthored'),
  by: anybody,
  hour: anyHour,
})

/** A project of up to twenty threads, with commits, forks and stars. */
export const anyWorld: fc.Arbitrary<World> = fc
  .record({
    scripts: fc.array(anyScript, { maxLength: 20 }),
    loose: fc.array(anyLoose, { maxLength: 20 }),
  })
  .map(({ scripts, loose }) => {
    const played = scripts
      .filter(({ type, draft }) => type === 'pull_request' || !draft)
      .map((script, index) => play(script, index + 1))
    const others = loose.map(({ kind, by, hour }, index) => {
      const isAgents = kind === 'commit.coauthored' // by a tool, which has no account
      return fact({ kind, by: isAgents ? null : by, hour, thread: null, key: `loose-${index}` })
    })
    return {
      facts: [...played.flatMap(({ facts }) => facts), ...others],
      threads: played.map(({ state }) => state),
    }
  })

/** What of a script can happen, in its order: nothing is merged twice, and nothing closed is closed. */
function play(script: Script, number: number): { facts: Fact[]; state: ThreadState } {
  const { type, by } = script
  const state: ThreadState = {
    ...{ repositoryId, number, type, title: `Thread ${number}`, open: true, draft: script.draft },
    ...{ createdAt: instant(script.opened), updatedAt: instant(script.opened), authorId: by },
    ...{ closedAt: null, mergedAt: null, mergeSha: null, headRepositoryId: null },
  }
  const facts: Fact[] = []
  const tell = (kind: FactKind, who: number | null, hour: number) => {
    facts.push(fact({ kind, by: who, hour, thread: number, key: `${number}-${facts.length}` }))
    state.updatedAt = instant(hour)
  }
  tell(openings[type], by, script.opened)
  let hour = script.opened
  for (const step of script.steps) {
    hour += step.after
    if (hour >= 11 * weekHours) break
    const told = take(step, state, instant(hour))
    if (told !== null) tell(told.kind, told.credited === 'author' ? by : step.by, hour)
  }
  return { facts, state }
}

const openings: Record<ThreadType, FactKind> = {
  pull_request: 'pull_request.opened',
  issue: 'issues.opened',
  discussion: 'discussion.created',
}

/** Changes the state; null where GitHub would not allow the step. */
function take({ what }: Step, state: ThreadState, at: Date) {
  const isPull = state.type === 'pull_request'
  const own = (kind: FactKind) => ({ kind, credited: 'doer' }) as const
  const authors = (kind: FactKind) => ({ kind, credited: 'author' }) as const
  if (what === 'comment') {
    return own(state.type === 'discussion' ? 'discussion_comment.created' : 'issue_comment.created')
  }
  if (what === 'review') return isPull ? own('pull_request_review.submitted') : null
  if (what === 'line comment') return isPull ? own('pull_request_review_comment.created') : null
  if (state.type === 'discussion' || state.mergedAt !== null) return null
  if (what === 'ready') {
    if (!state.draft) return null
    state.draft = false
    return authors('pull_request.ready_for_review')
  }
  if (what === 'reopen') {
    if (state.open) return null
    Object.assign(state, { open: true, closedAt: null })
    return authors(isPull ? 'pull_request.reopened' : 'issues.reopened')
  }
  if (!state.open || (what === 'merge' && !isPull)) return null
  Object.assign(state, { open: false, closedAt: at, mergedAt: what === 'merge' ? at : null })
  if (what === 'merge') return authors('pull_request.merged')
  return authors(isPull ? 'pull_request.closed' : 'issues.closed')
}

interface Told {
  kind: FactKind
  by: number | null
  hour: number
  thread: number | null
  key: string
}

function fact({ kind, by, hour, thread, key }: Told): Fact {
  return {
    ...{ kind, repositoryId, key, occurredAt: instant(hour), accountId: by },
    ...{ signature: null, thread, detail: kind === 'commit.coauthored' ? { agent: 'claude' } : {} },
  }
}

function instant(hour: number): Date {
  return new Date(start.getTime() + hour * hourMs)
}
