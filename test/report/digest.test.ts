import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forkNetworkReport, type KnownWork } from '../../src/metrics/fork-network.ts'
import type { ProjectHistory } from '../../src/metrics/history.ts'
import { weeklyDigest } from '../../src/metrics/weekly-digest.ts'
import { digestTitle, renderDigest } from '../../src/report/digest.ts'
import { halfAYear, network, work } from '../metrics/fork-networks.ts'
import {
  activity,
  at,
  bot,
  history,
  namedWeek,
  person,
  response,
  thread,
} from '../metrics/histories.ts'
import { firstWeekHistory, fullHistory, place, quietHistory, week } from './samples.ts'

function digestOf(project: ProjectHistory, at = week): string | null {
  return renderDigest(weeklyDigest(project, at), place)
}

const rocm = {
  paths: ['kernels/rocm/a.cu'],
  areas: ['kernels/rocm/', 'attention/'],
  subjects: ['Port attention to ROCm'],
}
const quietWork = { writtenAt: [at('2026-09-20'), at('2026-09-19')] }
const works = [
  work('fork-one/engine', { ...rocm, originalCommits: 38, state: 'diverged', authors: 3 }),
  work('fork-two/engine', { ...rocm, branch: 'gaudi/3', pullRequests: [812] }),
  work('fork-three/engine-lite', { state: 'hard fork', releases: 3, originalCommitsBefore: 0 }),
  work('quiet/engine', quietWork),
]

function forkDigest(known: KnownWork[]): string {
  const forks = forkNetworkReport(network({ ...halfAYear(), works: known, window: week }), week.to)
  return renderDigest(weeklyDigest(fullHistory(), week, { forks }), place) ?? ''
}

describe('the digest', () => {
  it.each([
    ['full', fullHistory()],
    ['quiet', quietHistory()],
    ['first-week', firstWeekHistory()],
  ])('of a %s week', async (name, project) => {
    await expect(digestOf(project)).toMatchFileSnapshot(`__snapshots__/digest.${name}.md`)
  })

  it('tells of forks with work of their own, and of what several of them want', async () => {
    const body = forkDigest(works)
    await expect(body).toMatchFileSnapshot('__snapshots__/digest.forks.md')
    expect(body).toContain('**3 forks moved ahead with work of their own.**')
    expect(body).not.toContain('quiet/engine')
    expect(body).not.toContain('undefined')
  })

  it('tells of a round number of forks in the week in which it was passed', () => {
    const forks = forkNetworkReport(network({ milestones: [100, 1000], window: week }), week.to)
    const body = renderDigest(weeklyDigest(fullHistory(), week, { forks }), place) ?? ''
    expect(body).toContain('The network passed 1,000 forks.')
    expect(body).not.toContain('passed 100 forks')
  })

  it('has no line about forks that made nothing in the week', () => {
    const body = forkDigest([work('quiet/engine', quietWork)])
    expect(body).not.toContain('moved ahead')
    expect(body).not.toContain('quiet/engine')
  })

  it('speaks Chinese where a repository chose it', async () => {
    const there = { ...place, language: 'zh-CN' } as const
    const forks = forkNetworkReport(network({ ...halfAYear(), works, window: week }), week.to)
    const body = renderDigest(weeklyDigest(fullHistory(), week, { forks }), there) ?? ''
    await expect(body).toMatchFileSnapshot('__snapshots__/digest.chinese.md')
    const ours = body.replaceAll(/^\| \[#.*$|\[[^\]]*\]\([^)]*\)|`[^`]*`|```[\s\S]*?```/gm, '')
    expect(ours).not.toMatch(/\b(?:the|of|and|week|merged|waiting)\b/)
  })

  it('lists pull requests whose author had the last word, the oldest first', () => {
    const author = person('mona')
    const maintainer = person('maintainer-x')
    const owed = (number: number, since: string) =>
      thread(number, {
        author,
        createdAt: at('2026-11-02'),
        responses: [response('2026-11-03', maintainer), response(since, author)],
      })
    const answered = thread(9, {
      author,
      responses: [response('2026-11-19', author), response('2026-11-20', maintainer)],
    })
    const body = digestOf(
      history({
        threads: [owed(7, '2026-11-12'), owed(8, '2026-11-10'), answered],
        activities: [activity('issues.opened', { thread: 3 })],
      }),
    )
    expect(body).toMatch(
      /### Reviews owed\n\n.*\n.*\n\| \[#8\].* \| 12 d \|.*\n\| \[#7\].* \| 10 d \|/,
    )
    expect(body).not.toContain('[#9]')
  })

  it('says of last month’s newcomers how many have come back', () => {
    const came = (login: string, firstAt: string, lastAt: string) => ({
      person: person(login),
      firstAt: at(firstAt),
      lastAt: at(lastAt),
      outside: true,
    })
    const body = digestOf(
      history({
        activities: [activity('issues.opened', { thread: 3 })],
        peopleAsOf: week.from,
        arrivals: [
          came('stayed', '2026-10-02', '2026-11-17'),
          came('once', '2026-10-20', '2026-10-21'),
          came('later', '2026-11-02', '2026-11-20'),
        ],
      }),
    )
    expect(body).toContain('Of the 2 newcomers of October, one has come back.')
  })

  it('is not written when nothing happened, or only bots and stars did', () => {
    expect(digestOf(history())).toBeNull()
    expect(
      digestOf(
        history({
          activities: [
            activity('star.created'),
            activity('issue_comment.created', { person: bot }),
          ],
        }),
      ),
    ).toBeNull()
  })

  it('is written when somebody has come to wait long, but not every week for the same wait', () => {
    const waits = (since: string) =>
      digestOf(history({ threads: [thread(1, { createdAt: at(since) })] }))
    expect(waits('2026-11-15')).toContain(
      '**1 pull request from outside** has waited more than 2 days for a first answer.',
    )
    expect(waits('2026-11-02')).toBeNull()
  })

  it('names nobody who asked not to be named', () => {
    const hidden = person('shy', { hidden: true })
    const body = digestOf(
      history({
        activities: [
          activity('pull_request.merged', { person: hidden, thread: 1 }),
          activity('pull_request.merged', { person: person('octocat'), thread: 2 }),
        ],
      }),
    )
    expect(body).not.toContain('shy')
    expect(body).toContain('[octocat](https://github.com/octocat) had [#2]')
    expect(body).toContain('and 1 other.')
  })

  it('names ten newcomers and counts the rest', () => {
    const activities = Array.from({ length: 13 }, (_, index) =>
      activity('pull_request.merged', { person: person(`new-${index}`), thread: index + 1 }),
    )
    const body = digestOf(history({ activities })) ?? ''
    expect(body.match(/had \[#\d+\]/g)).toHaveLength(10)
    expect(body).toContain('and 3 others.')
    expect(body).toContain('**13 people had their first pull request merged.**')
  })

  it('never shows a share of nothing, a number that is none, or an empty section', () => {
    for (const project of [fullHistory(), quietHistory(), firstWeekHistory()]) {
      const body = digestOf(project) ?? ''
      expect(body).not.toMatch(/NaN|Infinity|undefined|null|\b0 %/)
      expect(body).not.toMatch(/#\n+#/)
    }
  })

  it('leads from each name to its definition, and without documentation to the evidence', () => {
    const definition = 'https://groundswell.example/docs/metrics#change-requests-accepted'
    const evidence = 'https://github.com/example-lab/engine/pulls?q=is:pr+is:merged'
    expect(digestOf(fullHistory())).toContain(
      `| [Pull requests merged](${definition}) | [15](${evidence}`,
    )
    const bare = renderDigest(weeklyDigest(fullHistory(), week), { ...place, docsUrl: null })
    expect(bare).toContain(`[Pull requests merged](${evidence}`)
    expect(bare).not.toContain('metrics.md')
  })

  it('links to GitHub’s lists in the time zone of the repository', () => {
    expect(digestOf(fullHistory())).toContain(
      '/pulls?q=is:pr+is:merged+merged:2026-11-16T00:00:00%2B01:00..2026-11-22T23:59:59%2B01:00',
    )
    const utc = renderDigest(weeklyDigest(fullHistory(), namedWeek('2026-W47')), {
      ...place,
      zone: 'UTC',
    })
    expect(utc).toContain('/pulls?q=is:pr+is:merged+merged:2026-11-16..2026-11-22')
  })

  it.each([
    ['2026-W47', 'Week 47: 16 to 22 November 2026'],
    ['2026-W49', 'Week 49: 30 November to 6 December 2026'],
    ['2026-W53', 'Week 53: 28 December 2026 to 3 January 2027'],
    ['2026-W05', 'Week 5: 26 January to 1 February 2026'],
  ])('%s is headed "%s"', (name, title) => {
    const named = namedWeek(name, place.zone)
    const project = history({
      activities: [activity('issues.opened', { occurredAt: named.from })],
    })
    expect(digestOf(project, named)).toMatch(new RegExp(`^## ${title}\n`))
  })

  it('shows the numbers that a reader with a pencil would count', () => {
    const kinds = ['pull_request.merged', 'issues.opened', 'fork', 'star.created'] as const
    const people = ['a', 'b', 'c', 'd'].map((login) => person(login))
    const anyActivity = fc
      .record({
        kind: fc.constantFrom(...kinds),
        by: fc.constantFrom(...people, bot),
        day: fc.constantFrom('2026-11-10', '2026-11-18'),
        thread: fc.nat(999),
      })
      .map(({ kind, by, day, thread }) =>
        activity(kind, { person: by, occurredAt: at(day), thread }),
      )
    fc.assert(
      fc.property(fc.array(anyActivity, { minLength: 1, maxLength: 40 }), (activities) => {
        const body = digestOf(history({ activities })) ?? ''
        const of = (kind: string, day: string) =>
          activities.filter(
            (each) => each.kind === kind && each.occurredAt.getTime() === at(day).getTime(),
          )
        const human = (all: typeof activities) => all.filter((each) => each.person !== bot)
        const different = (all: typeof activities) => new Set(all.map((each) => each.person)).size
        const weeks = (count: (day: string) => number) => [count('2026-11-18'), count('2026-11-10')]
        const expected = {
          Contributors: weeks((day) =>
            different(human([...of('pull_request.merged', day), ...of('issues.opened', day)])),
          ),
          'Pull requests merged': weeks((day) => human(of('pull_request.merged', day)).length),
          'Issues opened': weeks((day) => human(of('issues.opened', day)).length),
          'New forks': weeks((day) => different(of('fork', day))),
          'New stars': weeks((day) => different(of('star.created', day))),
        }
        for (const [name, [now, before]] of Object.entries(expected)) {
          const row = body.match(
            new RegExp(`^\\| \\[${name}\\][^|]*\\| \\[?(\\d+)(?:\\]\\S+)? \\| (\\d+) \\|`, 'm'),
          )
          const shown = body !== '' && (now ?? 0) + (before ?? 0) > 0
          expect(row?.slice(1).map(Number), `${name} in\n${body}`).toEqual(
            shown ? [now, before] : undefined,
          )
        }
      }),
    )
  })

  it('has a title by the pattern that the repository chose', () => {
    expect(digestTitle(week, place, 'Community digest, week {week} of {year}')).toBe(
      'Community digest, week 47 of 2026',
    )
    expect(digestTitle(week, place, '{repository}: {days}')).toBe(
      'example-lab/engine: 16 to 22 November 2026',
    )
  })
})
