import { type Activity, creditedKinds } from './history.ts'
import type { Metric } from './metric.ts'
import { ratio } from './statistics.ts'
import { isWithin, type Window } from './window.ts'

export interface BotActivity {
  /** what bots did that would have been a contribution of a person's */
  botActions: number
  /** the same of AI agents, commits left out */
  agentActions: number
  /** commits that an AI agent authored or co-authored; two agents in one commit count twice */
  agentCommits: number
}

/**
 * Bot Activity (CHAOSS): the volume of automated activity, bots and AI agents
 * apart, since all other metrics leave both out.
 * https://chaoss.community/kb/metric-bot-activity/
 */
export function botActivity(activities: readonly Activity[], window: Window): BotActivity {
  const automated = activities.filter(
    ({ kind, occurredAt }) => creditedKinds.has(kind) && isWithin(occurredAt, window),
  )
  const agents = automated.filter(({ person }) => person?.group === 'ai')
  const commits = agents.filter(({ kind }) => kind.startsWith('commit.')).length
  return {
    botActions: automated.filter(({ person }) => person?.group === 'bot').length,
    agentActions: agents.length - commits,
    agentCommits: commits,
  }
}

/** The share (0 to 1) of all contributions that bots and AI agents made. Null when there was none. */
export function automatedShare(activities: readonly Activity[], window: Window): number | null {
  const { botActions, agentActions, agentCommits } = botActivity(activities, window)
  const all = activities.filter(
    ({ kind, occurredAt, person }) =>
      person !== null && creditedKinds.has(kind) && isWithin(occurredAt, window),
  )
  return ratio(botActions + agentActions + agentCommits, all.length)
}

export const botActivityMetric: Metric = {
  name: 'Bot Activity',
  definition: 'The share of all contributions that bots and AI agents made.',
  chaossUrl: 'https://chaoss.community/kb/metric-bot-activity/',
  unit: 'share',
  nullMeans: 'nobody contributed',
  choice:
    'Only what would be a contribution of a person’s counts, so labels and status checks do not. All other numbers leave bots and AI agents out.',
  measure: ({ activities }, window) => automatedShare(activities, window),
}
