import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ProjectHistory } from '../../src/metrics/history.ts'
import { weeklyDigest } from '../../src/metrics/weekly-digest.ts'
import { digestTitle, renderDigest } from '../../src/report/digest.ts'
import { activity, at, bot, history, namedWeek, person, thread } from '../metrics/histories.ts'
import { firstWeekHistory, fullHistory, place, quietHistory, week } from './samples.ts'

function digestOf(project: ProjectHistory, at = week): string | null {
  return renderDigest(weeklyDigest(project, at), place)
}

describe('the digest', () => {
  it.each([
    ['full', fullHistory()],
    ['quiet', quietHistory()],
    ['first-week', firstWeekHistory()],
  ])('of a %s week', async (name, project) => {
    await expect(digestOf(project)).toMatchFileSnapshot(`__snapshots__/digest.${name}.md`)
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

  it('is written for somebody who waits, though nothing else happened', () => {
    expect(digestOf(history({ threads: [thread(1, { createdAt: at('2026-11-02') })] }))).toContain(
      '**1 pull request from outside** has waited more than 2 days for a first answer.',
    )
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
    const definition = 'https://groundswell.example/docs/metrics.md#change-requests-accepted'
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
