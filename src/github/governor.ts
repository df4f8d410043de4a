import {
  type Allowance,
  type Answer,
  allowanceIn,
  answerIn,
  type Limit,
  limitIn,
  pointsIn,
  type Resource,
} from './answer.ts'
import { secondaryLimitMs } from './failure.ts'
import { LimitReached } from './limit-reached.ts'

/**
 * What requests are made for. People wait for the first kind; the others keep
 * a part of each hour's allowance free for it.
 */
export const livePurposes = [
  'posts',
  'summaries',
  'commands',
  'configuration',
  'installations',
] as const
export const backgroundPurposes = [
  'backfill',
  'reconciliation',
  'commits',
  'people',
  'forks',
] as const
export type Purpose = (typeof livePurposes)[number] | (typeof backgroundPurposes)[number]

/** On whose account a request goes. */
export interface Spending {
  installationId: number
  /** null: of no single repository */
  repositoryId: number | null
  purpose: Purpose
}

/** GitHub asked for quiet. */
export interface Pause {
  until: Date
  reason: string
  /** so often in a row */
  strikes: number
}

/** Where budgets are kept, so that all processes of an installation share them. */
export interface BudgetBook {
  read(installationId: number): Promise<{ pause: Pause | null; allowances: Allowance[] }>
  keepAllowance(installationId: number, allowance: Allowance, at: Date): Promise<void>
  pause(installationId: number, pause: Pause): Promise<void>
  /** a request went well: the next pause is a first one again */
  forgive(installationId: number): Promise<void>
  addCost(spending: Spending, cost: { points: number; requests: number }, at: Date): Promise<void>
}

/** Of an hour's allowance: what people wait for needs it more. */
const reserve = 0.4
/** The longest that GitHub is left alone after it asked for quiet again and again. */
const longestPauseMs = 60 * 60_000

/**
 * Lets a request through, or says until when it has to wait. A request that is
 * known to fail would only make GitHub's limit last longer.
 * @returns null: go on
 */
export function verdict(
  budget: { pause: Pause | null; allowances: readonly Allowance[] },
  { purpose, resource, at }: { purpose: Purpose; resource: Resource; at: Date },
): LimitReached | null {
  const { pause, allowances } = budget
  if (pause !== null && pause.until > at) return new LimitReached(pause.until, pause.reason)
  const allowance = allowances.find((one) => one.resource === resource)
  if (allowance === undefined || allowance.resetsAt <= at) return null
  const { allowed, remaining, resetsAt } = allowance
  const unit = resource === 'graphql' ? 'points' : 'requests'
  if (remaining === 0) {
    return new LimitReached(resetsAt, `GitHub's ${allowed} ${unit} of this hour are used up`)
  }
  const isBackground = backgroundPurposes.some((background) => background === purpose)
  return isBackground && remaining < allowed * reserve
    ? new LimitReached(resetsAt, `The rest of GitHub's ${unit} of this hour is kept for live work`)
    : null
}

/** One for each installation and purpose: every request of theirs passes here. */
export class Governor {
  readonly #spending: Spending
  readonly #book: BudgetBook
  readonly #now: () => Date

  constructor(spending: Spending, { book, now }: { book: BudgetBook; now: () => Date }) {
    this.#spending = spending
    this.#book = book
    this.#now = now
  }

  /**
   * Makes a request, or not yet.
   * @param request resolves with GitHub's answer, or rejects with it as Octokit does
   * @throws LimitReached before GitHub is asked, or because it refused for a limit
   */
  async govern<Response>(resource: Resource, request: () => Promise<Response>): Promise<Response> {
    const { installationId, purpose } = this.#spending
    const budget = await this.#book.read(installationId)
    const refused = verdict(budget, { purpose, resource, at: this.#now() })
    if (refused !== null) throw refused
    const [outcome] = await Promise.allSettled([request()])
    const told = outcome.status === 'fulfilled' ? outcome.value : outcome.reason
    const answer = answerIn(told)
    if (answer !== null) await this.#keep(answer, resource)
    const limit = answer === null ? null : limitIn(answer, this.#now())
    if (limit !== null) throw await this.#reached(limit, budget.pause)
    if (outcome.status === 'rejected') throw outcome.reason
    if (budget.pause !== null) await this.#book.forgive(installationId)
    return outcome.value
  }

  async #keep(answer: Answer, resource: Resource): Promise<void> {
    const at = this.#now()
    const allowance = allowanceIn(answer)
    if (allowance !== null) {
      await this.#book.keepAllowance(this.#spending.installationId, allowance, at)
    }
    const points = resource === 'graphql' ? pointsIn(answer) : 0
    await this.#book.addCost(this.#spending, { points, requests: 1 }, at)
  }

  async #reached(limit: Limit, earlier: Pause | null): Promise<LimitReached> {
    if (limit.kind === 'secondary') {
      const strikes = (earlier?.strikes ?? 0) + 1
      const quietMs = Math.min(secondaryLimitMs * 2 ** (strikes - 1), longestPauseMs)
      const until = new Date(this.#now().getTime() + (limit.askedMs ?? quietMs))
      await this.#book.pause(this.#spending.installationId, {
        until,
        reason: limit.reason,
        strikes,
      })
      return new LimitReached(until, limit.reason)
    }
    return new LimitReached(limit.until, limit.reason)
  }
}
