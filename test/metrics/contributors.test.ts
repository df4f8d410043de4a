import { describe, expect, it } from 'vitest'
import { botActivity } from '../../src/metrics/bot-activity.ts'
import { contributors } from '../../src/metrics/contributors.ts'
import { newContributors } from '../../src/metrics/new-contributors.ts'
import { returningContributors } from '../../src/metrics/returning-contributors.ts'
import { typesOfContributions } from '../../src/metrics/types-of-contributions.ts'
import { weekAfter } from '../../src/metrics/window.ts'
import { activity, agent, at, bot, history, person, week47 } from './histories.ts'

const hubot = person('hubot')

describe('contributors', () => {
  it('counts each person once, and neither bots, agents nor ghosts', () => {
    const activities = [
      activity('issues.opened'),
      activity('issue_comment.created'),
      activity('pull_request_review.submitted', { person: hubot, outside: false }),
      activity('pull_request.merged', { person: bot }),
      activity('commit.authored', { person: agent }),
      activity('issues.opened', { person: null, outside: false }),
    ]
    expect(contributors(activities, week47)).toEqual({ total: 2, outside: 1 })
  })

  it('counts one person under two logins once', () => {
    const before = person('mona')
    const renamed = { ...before, login: 'lisa' }
    const activities = [
      activity('issues.opened', { person: before }),
      activity('issues.opened', { person: renamed }),
    ]
    expect(contributors(activities, week47).total).toBe(1)
  })

  it('does not take interest for work', () => {
    const activities = [activity('star.created'), activity('fork'), activity('issues.closed')]
    expect(contributors(activities, week47).total).toBe(0)
  })

  it('puts what happened at midnight between two weeks into the second one only', () => {
    const activities = [
      activity('issues.opened', { occurredAt: week47.from }),
      activity('issues.opened', { occurredAt: week47.to, person: hubot }),
    ]
    expect(contributors(activities, week47).total).toBe(1)
  })
})

describe('new contributors', () => {
  const names = (project: ReturnType<typeof history>) =>
    newContributors(project, week47).map(({ person: { login }, firstMerge }) => [login, firstMerge])

  it('names first merges before those who took part in another way', () => {
    const project = history({
      activities: [
        activity('issues.opened', { person: hubot, thread: 3 }),
        activity('pull_request.opened', { thread: 4 }),
        activity('pull_request.merged', { thread: 4 }),
      ],
    })
    expect(names(project)).toEqual([
      ['mona', true],
      ['hubot', false],
    ])
    expect(newContributors(project, week47)[0]?.deeds).toEqual([
      { kind: 'pull_request.merged', thread: 4 },
    ])
  })

  it('looks back over all history, not just the window', () => {
    const old = { firstAt: at('2024-01-01'), lastBeforeAt: at('2024-01-01') }
    const project = history({
      activities: [
        activity('pull_request.merged', { thread: 4 }),
        activity('pull_request.merged', { person: hubot, thread: 5 }),
      ],
      people: new Map([
        ['account:mona', { ...old, mergedBefore: 1 }],
        ['account:hubot', { ...old, mergedBefore: 0 }],
      ]),
    })
    expect(names(project)).toEqual([['hubot', true]])
  })

  it('does not call a merge the first when an earlier week saw one', () => {
    const project = history({
      activities: [
        activity('pull_request.merged', { thread: 4, occurredAt: at('2026-11-11') }),
        activity('pull_request.merged', { thread: 5 }),
      ],
    })
    expect(names(project)).toEqual([])
  })

  it('finds those of an earlier week, though their past is told as of this one', () => {
    const week46 = weekAfter(week47, -1)
    const project = (mergedBefore: number) =>
      history({
        activities: [
          activity('pull_request.merged', { thread: 4, occurredAt: at('2026-11-11') }),
          activity('pull_request.merged', { thread: 5 }),
        ],
        people: new Map([
          [
            'account:mona',
            { firstAt: at('2024-01-01'), lastBeforeAt: at('2026-11-11'), mergedBefore },
          ],
        ]),
      })
    expect(newContributors(project(1), week46)).toHaveLength(1)
    expect(newContributors(project(2), week46)).toHaveLength(0)
    expect(newContributors(project(1), week47)).toHaveLength(0)
  })

  it('leaves out members and bots', () => {
    const project = history({
      activities: [
        activity('pull_request.merged', { person: hubot, outside: false }),
        activity('pull_request.merged', { person: bot }),
      ],
    })
    expect(names(project)).toEqual([])
  })
})

describe('returning contributors', () => {
  const back = (lastBeforeAt: Date | null, earlier: Date[] = []) =>
    returningContributors(
      history({
        activities: [
          ...earlier.map((occurredAt) => activity('issues.opened', { occurredAt })),
          activity('issues.opened'),
        ],
        people: new Map([
          ['account:mona', { firstAt: at('2020-01-01'), lastBeforeAt, mergedBefore: 0 }],
        ]),
      }),
      week47,
    ).length

  it('were away for more than six months', () => {
    expect(back(at('2026-05-15'))).toBe(1)
    expect(back(at('2026-05-17'))).toBe(0)
    expect(back(null)).toBe(0)
  })

  it('are not those who came back weeks ago', () => {
    expect(back(at('2026-01-01'), [at('2026-11-01')])).toBe(0)
  })
})

describe('types of contributions', () => {
  it('tells contributions, people and outsiders, and leaves out kinds without any', () => {
    const activities = [
      activity('issue_comment.created'),
      activity('issue_comment.created'),
      activity('commit_comment.created', { person: hubot, outside: false }),
      activity('pull_request_review.submitted', { person: bot }),
    ]
    expect(typesOfContributions(activities, week47)).toEqual([
      { type: 'comments', contributions: 3, people: 2, outsidePeople: 1 },
    ])
  })
})

describe('bot activity', () => {
  it('keeps bots and agents apart, and commits of agents from what else they do', () => {
    const activities = [
      activity('pull_request.opened', { person: bot }),
      activity('star.created', { person: bot }),
      activity('commit.coauthored', { person: agent }),
      activity('pull_request.opened', { person: agent }),
      activity('commit.authored'),
      activity('commit.authored', { person: agent, occurredAt: week47.to }),
    ]
    expect(botActivity(activities, week47)).toEqual({
      botActions: 1,
      agentActions: 1,
      agentCommits: 1,
    })
  })
})
