import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDefaults } from '../../config/defaults.ts'
import { digestDueAt, latestDueWeek } from '../../jobs/schedule-digests.ts'
import { carryOut } from '../../src/cli/commands.ts'
import { type WeekStart, weekAfter, weekNamed } from '../../src/metrics/window.ts'
import { engine, journey } from '../support/journey.ts'

const daysOfWeek = [
  ...(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const),
  ...(['saturday', 'sunday'] as const),
]

type Journey = Awaited<ReturnType<typeof journey>>

async function configure({ github, idle }: Journey, text: string) {
  const path = '.github/groundswell.yml'
  github.putFile(engine, path, text)
  await github.push(engine, { by: 'mara', commits: [{ files: [{ filename: path }] }] })
  await idle()
}

/** Something that a digest tells of. */
async function aMerge({ github, idle }: Journey, title = 'Fix the sampler', author = 'newcomer-a') {
  const { number } = await github.openPullRequest(engine, { author, title })
  await github.mergePullRequest(engine, number, { by: 'mara' })
  await idle()
}

const digests = ({ github }: Journey) =>
  github
    .issues(engine)
    .filter(({ labels }) => labels.some(({ name }) => name === 'community-digest'))

const weeksOf = (run: Journey) => digests(run).map(({ title }) => /week (\d+)/.exec(title)?.[1])

async function at(run: Journey, instant: string) {
  await run.reach(new Date(instant))
  await run.tick('schedule-digests')
}

describe('when a digest is due', () => {
  const digest = readDefaults().digest
  const due = (
    week: string,
    rule: { zone: string; start?: WeekStart },
    when: Partial<typeof digest>,
  ) => {
    const named = weekNamed(week, { start: 'monday', ...rule }) ?? expect.fail(week)
    return digestDueAt(named, { digest: { ...digest, ...when } }).toISOString()
  }
  const berlin = { zone: 'Europe/Berlin' }

  it('is at that time by the clock on the wall, in winter and summer', () => {
    expect(due('2026-W12', berlin, { time: '09:00' })).toBe('2026-03-23T08:00:00.000Z')
    expect(due('2026-W13', berlin, { time: '09:00' })).toBe('2026-03-30T07:00:00.000Z')
  })

  it('is an hour later where clocks go forward over that time, and the first of two where they go back', () => {
    const night = { day: 'sunday', time: '02:30' } as const
    expect(due('2026-W12', berlin, night)).toBe('2026-03-29T01:30:00.000Z')
    expect(due('2026-W42', berlin, night)).toBe('2026-10-25T00:30:00.000Z')
  })

  it('is the same where a week ends in such a night, and where its midnight is missing or comes twice', () => {
    const night = { day: 'sunday', time: '00:30' } as const
    const havana = { zone: 'America/Havana', start: 'sunday' } as const
    expect(due('2026-W10', havana, night)).toBe('2026-03-08T05:30:00.000Z')
    expect(due('2026-W44', havana, night)).toBe('2026-11-01T04:30:00.000Z')
    const midnight = { day: 'sunday', time: '00:00' } as const
    expect(due('2026-W10', havana, midnight)).toBe('2026-03-08T05:00:00.000Z')
    expect(due('2026-W44', havana, midnight)).toBe('2026-11-01T04:00:00.000Z')
  })

  it.each([
    ['monday', 'monday', '2026-11-23'],
    ['monday', 'sunday', '2026-11-29'],
    ['sunday', 'monday', '2026-11-23'],
    ['sunday', 'sunday', '2026-11-22'],
    ['sunday', 'saturday', '2026-11-28'],
    ['saturday', 'monday', '2026-11-23'],
    ['saturday', 'saturday', '2026-11-21'],
    ['saturday', 'friday', '2026-11-27'],
  ] as const)('is within the week after it: from %s, on %s', (start, day, date) => {
    expect(due('2026-W47', { zone: 'UTC', start }, { day })).toBe(`${date}T09:00:00.000Z`)
  })

  it('is after the end of a week, and before the next, whatever the rule and the schedule', () => {
    const times = fc.record({
      day: fc.constantFrom(...daysOfWeek),
      time: fc.constantFrom('00:00', '00:30', '02:30', '09:00', '23:59'),
    })
    const rules = fc.record({
      zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/Havana', 'America/New_York'),
      start: fc.constantFrom('monday', 'sunday', 'saturday'),
    })
    const hours = fc.integer({ min: 0, max: 24 * 365 })
    fc.assert(
      fc.property(rules, times, hours, (rule, when, hour) => {
        const now = new Date(Date.UTC(2026, 0, 1, hour))
        const configuration = {
          ...{ timezone: rule.zone, weekStart: rule.start },
          digest: { ...digest, ...when },
        }
        const latest = latestDueWeek(now, configuration)
        const dueAt = digestDueAt(latest, configuration)
        expect(dueAt >= latest.to && dueAt <= now).toBe(true)
        expect(digestDueAt(weekAfter(latest), configuration) > now).toBe(true)
      }),
    )
  })
})

describe('weeks from Sunday', () => {
  it('hold the right days where clocks change in between, wherever they are told', async () => {
    const run = await journey({ at: '2026-10-26T09:00:00Z' })
    await configure(run, 'timezone: America/New_York\nweek-start: sunday\n')
    // Before and after the midnight of the Sunday on which clocks go back.
    await run.reach(new Date('2026-11-01T03:30:00Z'))
    await aMerge(run, 'Before midnight', 'of-october')
    await run.reach(new Date('2026-11-01T04:30:00Z'))
    await aMerge(run, 'After midnight', 'of-november')
    await run.reach(new Date('2026-11-01T05:30:00Z'))
    const { number } = await run.github.openIssue(engine, { author: 'newcomer-b' })
    await run.github.comment(engine, number, { author: 'mara', body: '/groundswell digest' })
    await run.idle()
    expect(run.ownComments(number).join()).toMatch(
      /counts from Sunday until Sunday 1 November 2026, 01:30 \(America\/New_York\)[\s\S]*Week 45: 1 November 2026/,
    )

    await at(run, '2026-11-02T13:59:00Z')
    expect(weeksOf(run)).toEqual([])
    await at(run, '2026-11-02T14:00:00Z')
    await at(run, '2026-11-09T14:00:00Z')
    const [october = '', november = '', ...more] = digests(run).map(({ body }) => body ?? '')
    expect(more).toEqual([])
    expect(october).toContain('## Week 44: 25 to 31 October 2026')
    expect(october).toContain('of-october')
    expect(october).not.toContain('of-november')
    expect(november).toContain('## Week 45: 1 to 7 November 2026')
    expect(november).toContain('of-november')
    expect(november).not.toContain('of-october')
    const asked = { command: 'digest', of: engine, week: '2026-W44', publish: false } as const
    const shown = await carryOut(asked, run.app.deps)
    expect(shown.text).toContain('## Week 44: 25 to 31 October 2026')
  })

  it('move the border when they are asked for, and post no week twice', async () => {
    const run = await journey()
    await run.reach(new Date('2026-11-22T12:00:00Z'))
    await aMerge(run, 'Fix the loader', 'of-sunday')
    await at(run, '2026-11-23T09:00:00Z')
    expect(digests(run)[0]?.body).toContain('of-sunday')

    // The Sunday is told a second time, since it belongs to the next week by now.
    await run.reach(new Date('2026-11-25T12:00:00Z'))
    await configure(run, 'week-start: sunday\n')
    await run.tick('schedule-digests')
    await at(run, '2026-11-30T08:59:00Z')
    expect(weeksOf(run)).toEqual(['47'])
    await at(run, '2026-11-30T09:00:00Z')
    expect(digests(run)[1]?.body).toContain('## Week 48: 22 to 28 November 2026')
    expect(digests(run)[1]?.body).toContain('of-sunday')

    // Back again: 29 November, a Sunday, is in no digest.
    await run.reach(new Date('2026-12-01T12:00:00Z'))
    await aMerge(run, 'In December')
    for (const start of ['saturday', 'monday', 'sunday', 'monday']) {
      await configure(run, `week-start: ${start}\n`)
      await run.tick('schedule-digests')
    }
    await at(run, '2026-12-07T09:00:00Z')
    expect(weeksOf(run)).toEqual(['47', '48', '49'])
    expect(digests(run)[2]?.body).toContain('## Week 49: 30 November to 6 December 2026')
  })

  it('are not told before they are over, also after the border moved back over a digest', async () => {
    const run = await journey()
    await configure(run, 'week-start: saturday\ndigest: { day: saturday }\n')
    await aMerge(run)
    await at(run, '2026-11-21T09:00:00Z')
    expect(weeksOf(run)).toEqual(['47'])
    await configure(run, 'digest: { day: saturday }\n')
    for (const day of [22, 23, 27]) await at(run, `2026-11-${day}T10:00:00Z`)
    expect(weeksOf(run)).toEqual(['47'])
    await at(run, '2026-12-05T09:00:00Z')
    expect(weeksOf(run)).toEqual(['47'])
  })
})

describe('a digest that was missed', () => {
  it('is caught up once, and only the latest, over weeks and a change of clocks', async () => {
    const run = await journey({ at: '2026-03-02T09:00:00Z' })
    await configure(run, 'timezone: Europe/Berlin\n')
    for (const week of [0, 7, 14, 21]) {
      await run.reach(new Date(Date.UTC(2026, 2, 3 + week, 12)))
      await aMerge(run)
    }
    await at(run, '2026-03-30T06:59:00Z')
    expect(weeksOf(run)).toEqual(['12'])
    await at(run, '2026-03-30T07:00:00Z')
    await run.restart()
    await run.tick('schedule-digests')
    expect(weeksOf(run)).toEqual(['12', '13'])
  })

  it('is neither lost nor repeated when day, time and time zone change in between', async () => {
    const run = await journey()
    await aMerge(run)
    await at(run, '2026-11-23T09:00:00Z')
    expect(weeksOf(run)).toEqual(['47'])

    await run.reach(new Date('2026-11-24T09:00:00Z'))
    await aMerge(run)
    const changes = [
      'digest: { day: friday, time: "18:00" }\n',
      'timezone: Pacific/Auckland\ndigest: { day: friday }\n',
      'timezone: America/Los_Angeles\n',
    ]
    for (const text of changes) {
      await configure(run, text)
      await run.tick('schedule-digests')
      expect(weeksOf(run)).toEqual(['47'])
    }
    await at(run, '2026-11-30T17:00:00Z')
    expect(weeksOf(run)).toEqual(['47', '48'])
  })

  it('never goes back to a week before the one that was posted', async () => {
    const run = await journey()
    await configure(run, 'digest: { enabled: false }\n')
    await aMerge(run)
    await at(run, '2026-11-24T09:00:00Z')
    await aMerge(run, 'Speed up the loader')
    await run.reach(new Date('2026-11-30T09:00:00Z'))
    await configure(run, 'digest: { enabled: true }\n')
    await run.tick('schedule-digests')
    expect(weeksOf(run)).toEqual(['48'])

    // By the new day the digest of week 48 is not due yet, and that of 47 was never posted.
    await configure(run, 'digest: { day: friday }\n')
    await run.tick('schedule-digests')
    expect(weeksOf(run)).toEqual(['48'])
  })

  it('comes once after the App was away and is back', async () => {
    const run = await journey()
    await aMerge(run)
    await at(run, '2026-11-23T09:00:00Z')
    await run.github.uninstall('example-lab')
    await run.idle()
    await at(run, '2026-12-07T09:00:00Z')
    expect(weeksOf(run)).toEqual(['47'])

    await run.github.install('example-lab')
    await run.idle()
    await aMerge(run, 'Speed up the loader')
    await run.tick('schedule-digests')
    expect(new Set(weeksOf(run)).size).toBe(weeksOf(run).length)
    await at(run, '2026-12-14T09:00:00Z')
    await run.tick('schedule-digests')
    expect(weeksOf(run).filter((week) => week === '50')).toEqual(['50'])
  })
})

describe('a digest that fails', () => {
  const checks = ({ github }: Journey) =>
    github.checkRuns(engine).filter(({ name }) => name === 'Groundswell digest')
  const refusal = {
    status: 403,
    body: { message: 'Resource not accessible by integration' },
    method: 'POST',
    path: /\/repos\/example-lab\/engine\/issues$/,
  }

  async function status(run: Journey): Promise<string> {
    const { number } = await run.github.openIssue(engine, { author: 'mara' })
    await run.github.comment(engine, number, { author: 'mara', body: '/groundswell status' })
    await run.idle()
    return run.ownComments(number).join()
  }

  it('says so where it is looked for, and holds up no later one', async () => {
    const run = await journey()
    await aMerge(run)
    run.github.fail(refusal)
    await at(run, '2026-11-23T09:00:00Z')
    await run.tick('schedule-digests')
    await run.tick('schedule-digests')
    const head = run.github.world.repository(engine).branches.get('main')
    expect(checks(run)).toMatchObject([
      {
        headSha: head,
        conclusion: 'failure',
        output: { title: 'The digest of 2026-W47 did not reach every place' },
      },
    ])
    expect(checks(run)[0]?.output.summary).toMatch(/403 Resource not accessible[\s\S]*permissions/)
    expect(run.logged.join('')).toContain('A digest failed')
    const health = await (await fetch(`${run.app.url}/health`)).json()
    expect(health).toMatchObject({ digests: { failing: 1 } })
    expect(await status(run)).toMatch(/Digests do not reach `issue`: 403 Resource/)

    await aMerge(run, 'Speed up the loader')
    await at(run, '2026-11-30T09:00:00Z')
    await run.tick('schedule-digests')
    expect(weeksOf(run)).toEqual(['48'])
    expect(checks(run).at(-1)).toMatchObject({ headSha: head, conclusion: 'success' })
    expect(checks(run)).toHaveLength(2)
    expect(await status(run)).not.toContain('do not reach')
    await run.tick('schedule-digests')
    expect(checks(run)).toHaveLength(2)
  })

  it('keeps what went wrong in the server to whoever runs it', async () => {
    const run = await journey()
    await aMerge(run)
    run.github.fail({ ...refusal, status: 404, body: { message: 'Not Found' } })
    await at(run, '2026-11-23T09:00:00Z')
    await run.app.deps.db
      .updateTable('work')
      .set({ failure: 'Tried too often: Error: connect ECONNREFUSED 10.0.0.7:5432' })
      .where('failed_at', 'is not', null)
      .execute()
    await run.tick('schedule-digests')
    const [check] = checks(run)
    expect(check).toMatchObject({ conclusion: 'failure' })
    expect(check?.output.summary).not.toContain('10.0.0.7')
    expect(await status(run)).not.toContain('10.0.0.7')
  })
})

it('looks one week back, whatever the day', () => {
  const digest = { ...readDefaults().digest, day: 'friday' } as const
  const configuration = { timezone: 'UTC', weekStart: 'monday', digest } as const
  const week = (instant: string) => latestDueWeek(new Date(instant), configuration).name
  expect(week('2026-11-27T08:59:00Z')).toBe('2026-W46')
  expect(week('2026-11-27T09:00:00Z')).toBe('2026-W47')
})
