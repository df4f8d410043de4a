import { describe, expect, it } from 'vitest'
import { digestDueAt, latestDueWeek } from '../../jobs/schedule-digests.ts'
import { weekNamed } from '../../src/metrics/window.ts'
import { engine, journey } from '../support/journey.ts'

type Journey = Awaited<ReturnType<typeof journey>>

async function configure({ github, idle }: Journey, text: string) {
  const path = '.github/groundswell.yml'
  github.putFile(engine, path, text)
  await github.push(engine, { by: 'mara', commits: [{ files: [{ filename: path }] }] })
  await idle()
}

/** Something that a digest tells of. */
async function aMerge({ github, idle }: Journey, title = 'Fix the sampler') {
  const { number } = await github.openPullRequest(engine, { author: 'newcomer-a', title })
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
  const due = (week: string, timezone: string, time: string, day = 'monday' as const) => {
    const named = weekNamed(week, timezone)
    if (named === null) throw new Error(week)
    const digest = { ...{ enabled: true, day, time, title: '', label: '' }, mode: 'new' as const }
    return digestDueAt(named, { timezone, digest: { ...digest, to: ['issue'] } }).toISOString()
  }

  it('is at that time by the clock on the wall, in winter and summer', () => {
    expect(due('2026-W12', 'Europe/Berlin', '09:00')).toBe('2026-03-23T08:00:00.000Z')
    expect(due('2026-W13', 'Europe/Berlin', '09:00')).toBe('2026-03-30T07:00:00.000Z')
  })

  it('is an hour later where clocks go forward over that time, and the first of two where they go back', () => {
    const sunday = 'sunday' as const
    expect(due('2026-W12', 'Europe/Berlin', '02:30', sunday as never)).toBe(
      '2026-03-29T01:30:00.000Z',
    )
    expect(due('2026-W42', 'Europe/Berlin', '02:30', sunday as never)).toBe(
      '2026-10-25T00:30:00.000Z',
    )
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
  const digest = {
    ...{ enabled: true, day: 'friday' as const, time: '09:00' },
    title: '',
    label: '',
  }
  const configuration = {
    timezone: 'UTC',
    digest: { ...digest, mode: 'new' as const, to: ['issue'] },
  }
  const week = (instant: string) => latestDueWeek(new Date(instant), configuration).name
  expect(week('2026-11-27T08:59:00Z')).toBe('2026-W46')
  expect(week('2026-11-27T09:00:00Z')).toBe('2026-W47')
})
