import type { SummaryInput } from '../../src/metrics/contributor-summary.ts'
import type { Activity, DayCount, ProjectHistory, Thread } from '../../src/metrics/history.ts'
import { type Week, weekAfter, weeksUpTo } from '../../src/metrics/window.ts'
import type { Place } from '../../src/report/place.ts'
import {
  activity,
  agent,
  at,
  bot,
  contributorHistory,
  history,
  namedWeek,
  person,
  response,
  thread,
} from '../metrics/histories.ts'

export const place: Place = {
  fullName: 'example-lab/engine',
  url: 'https://github.com/example-lab/engine',
  language: 'en',
  zone: 'Europe/Berlin',
  docsUrl: 'https://groundswell.example/docs',
  chartsUrl: null,
  appLogin: 'groundswell',
}

export const week = namedWeek('2026-W47', place.zone)

/** Words of strangers, tame unless a test says otherwise. */
export interface Words {
  title: string
  login: string
  area: string
}

export const tame: Words = {
  title: 'Fix RoPE scaling beyond 128k',
  login: 'newcomer-a',
  area: 'src/rope/',
}

const maintainer = person('maintainer-x')

/** A lively project: nine weeks of it, the last with something of everything. */
export function fullHistory({ title, login }: Words = tame): ProjectHistory {
  const first = person(login, { id: 'account:newcomer-a' })
  const merged = threadsOf(first, title)
  return history({
    activities: [...everyWeek(), ...newcomersOf(first), ...automation()],
    threads: [...merged, ...answeredThreads()],
    counts: weeklyCounts(),
    people: new Map([
      ...Array.from(
        { length: 40 },
        (_, index) =>
          [
            `account:regular-${index}`,
            { firstAt: at('2024-01-01'), lastBeforeAt: at('2026-09-01'), mergedBefore: 50 },
          ] as const,
      ),
      [
        `account:${login} returning`,
        { firstAt: at('2024-01-01'), lastBeforeAt: at('2025-09-01'), mergedBefore: 2 },
      ],
    ]),
  })

  function newcomersOf(newcomer: typeof first): Activity[] {
    const hidden = person('shy', { hidden: true })
    const back = person(login, { id: `account:${login} returning` })
    return [
      activity('pull_request.opened', { person: newcomer, thread: 783 }),
      activity('pull_request.merged', { person: newcomer, thread: 783 }),
      activity('issues.opened', { person: person('newcomer-c'), thread: 771 }),
      activity('pull_request.merged', { person: person('newcomer-c'), thread: 788 }),
      activity('issues.opened', { person: person('newcomer-e'), thread: 805 }),
      activity('issue_comment.created', { person: hidden, thread: 805 }),
      activity('issue_comment.created', { person: back, thread: 640 }),
    ]
  }
}

function everyWeek(): Activity[] {
  return weeksUpTo(week, 9).flatMap((each, index) => {
    const size = 12 + ((index * 5) % 7)
    return Array.from({ length: size }, (_, n) => {
      const by = person(`regular-${n}`)
      const occurredAt = new Date(each.from.getTime() + (n + 1) * 3_600_000)
      const shared = { person: by, occurredAt, outside: n % 3 === 0 }
      const number = index * 100 + n
      return [
        activity('pull_request.opened', { ...shared, thread: number }),
        ...(n % 4 === 3
          ? [activity('pull_request.closed', { ...shared, thread: number })]
          : [activity('pull_request.merged', { ...shared, thread: number })]),
        activity('commit.authored', shared),
        activity('issues.opened', { ...shared, thread: number + 50 }),
        activity('pull_request_review.submitted', { ...shared, thread: number }),
        activity('fork', { ...shared, person: person(`forker-${number}`), thread: null }),
        activity('star.created', { ...shared, person: person(`fan-${number}`), thread: null }),
      ]
    }).flat()
  })
}

function automation(): Activity[] {
  return [
    ...Array.from({ length: 212 }, () => activity('issue_comment.created', { person: bot })),
    ...Array.from({ length: 14 }, () => activity('commit.coauthored', { person: agent })),
  ]
}

function threadsOf(author: ReturnType<typeof person>, title: string): Thread[] {
  return [
    thread(812, { title, author, createdAt: at('2026-11-17') }),
    thread(805, {
      type: 'issue',
      title: 'Tokenizer drops the last byte',
      author: person('newcomer-e'),
      createdAt: at('2026-11-19'),
    }),
    thread(798, {
      title: 'Add Gaudi 3 to the build matrix',
      author: person('regular-3'),
      createdAt: at('2026-11-18'),
    }),
  ]
}

/** Outsiders' threads of each week, answered after some hours and merged after some days. */
function answeredThreads(): Thread[] {
  return weeksUpTo(week, 9).flatMap((each, index) =>
    Array.from({ length: 11 }, (_, n) => {
      const createdAt = new Date(each.from.getTime() + n * 3_600_000)
      const hours = (4 + ((index * 3 + n) % 9)) * 3_600_000
      const answer = response('2026-11-18', maintainer)
      return thread(index * 100 + n + 10_000, {
        createdAt,
        author: person(`regular-${n}`),
        responses: [{ ...answer, occurredAt: new Date(createdAt.getTime() + hours) }],
        mergedAt: new Date(createdAt.getTime() + hours * 9),
        closedAt: new Date(createdAt.getTime() + hours * 9),
      })
    }),
  )
}

function weeklyCounts(): DayCount[] {
  return weeksUpTo(weekAfter(week), 10).map(({ from }: Week, index) => ({
    day: new Date(from.getTime() - 20 * 3_600_000),
    forks: 9_600 + index * 311,
    stars: 38_000 + index * 240,
  }))
}

/** Two outsiders and a quiet week, in a repository with a short past. */
export function quietHistory(): ProjectHistory {
  return history({
    activities: [
      activity('issue_comment.created', { person: person('regular-1'), outside: true, thread: 9 }),
      activity('fork', { person: person('forker') }),
    ],
    people: new Map([
      [
        'account:regular-1',
        { firstAt: at('2025-06-01'), lastBeforeAt: at('2026-10-20'), mergedBefore: 1 },
      ],
    ]),
    counts: [
      { day: at('2026-11-12'), forks: 41, stars: 310 },
      { day: at('2026-11-18'), forks: 42, stars: 311 },
    ],
  })
}

/** Installed on the Tuesday, nothing backfilled. */
export function firstWeekHistory(): ProjectHistory {
  return history({
    activities: [
      activity('pull_request.merged', { thread: 7, person: person('regular-1'), outside: false }),
      activity('pull_request.merged', { thread: 8 }),
      activity('issues.opened', { thread: 9 }),
      activity('star.created', { person: person('fan') }),
    ],
    counts: [{ day: at('2026-11-18'), forks: 42, stars: 311 }],
    isKnownFromBeginning: false,
    arrivals: null,
    completeness: {
      trackedSince: at('2026-11-17'),
      backfilledTo: null,
      deliveries: 38,
      failedDeliveries: 1,
      missedDeliveries: 3,
      recoveredDeliveries: 3,
      foundFacts: 2,
      comparedTo: at('2026-11-22T22:00:00Z'),
    },
  })
}

const recentThreads = answeredThreads()

export function summaryInput(words: Words = tame, rest: Partial<SummaryInput> = {}): SummaryInput {
  return {
    history: contributorHistory({ person: person(words.login), reported: [640, 701] }),
    pullRequest: {
      number: 812,
      title: words.title,
      createdAt: at('2026-11-18'),
      mergedAt: null,
      areas: [words.area],
    },
    recentThreads,
    reviewers: [
      { area: words.area, login: 'maintainer-x', reviews: 9 },
      {
        area: words.area,
        login: words.login === tame.login ? 'maintainer-y' : `${words.login}y`,
        reviews: 4,
      },
    ],
    contributorsEver: 1318,
    milestone: null,
    ...rest,
  }
}

/** Somebody with merged pull requests, since March and until nine days ago. */
export function knownHistory(merged: number, { login, area }: Words = tame) {
  return contributorHistory({
    person: person(login),
    merged: Array.from({ length: merged }, (_, index) => ({
      number: 500 + index,
      mergedAt: at('2026-06-01'),
      areas: [area],
    })),
    opened: merged + 1,
    reported: [640],
    firstAt: at('2026-03-03'),
    lastAt: at('2026-11-09'),
  })
}
