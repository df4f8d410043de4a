import { describe, expect, it } from 'vitest'
import { type CommandRequest, carryOut } from '../../src/cli/commands.ts'
import { backfillOf } from '../../src/store/backfills.ts'
import { parkedWork } from '../../src/store/work.ts'
import { health } from '../../src/web/health.ts'
import { pastOf } from '../support/history.ts'
import { engine, journey } from '../support/journey.ts'
import { until } from '../support/until.ts'

type Journey = Awaited<ReturnType<typeof journey>>
type Before = NonNullable<NonNullable<Parameters<typeof journey>[0]>['before']>

const withPast = (days: number, { afterwards }: { afterwards?: Before } = {}) =>
  journey({
    at: '2024-01-01T09:00:00Z',
    before: async (github, clock) => {
      await pastOf(github, clock, { days })
      await afterwards?.(github, clock)
    },
  })

const backfill = async ({ app, github }: Journey) => {
  const found = await backfillOf(app.deps.db, github.world.repository(engine).id)
  if (found === null) throw new Error('No backfill was promised')
  return found
}

async function facts({ app }: Journey): Promise<string[]> {
  const rows = await app.deps.db
    .selectFrom('facts')
    .leftJoin('accounts', 'accounts.id', 'facts.account_id')
    .select(['kind', 'thread', 'occurred_at', 'login'])
    .execute()
  const told = rows.map((row) => [row.kind, row.thread, row.occurred_at.toISOString(), row.login])
  return told.map((fact) => fact.join(' ')).sort()
}

const historyRequests = ({ github }: Journey) =>
  github.requests.filter(({ operation }) => operation?.startsWith('History'))

it('knows years on the day of installation, and says so', async () => {
  const run = await withPast(40)
  const { github, app } = run
  await run.idle()
  const { createdAt } = github.world.repository(engine)
  expect(await backfill(run)).toMatchObject({ reachedTo: createdAt, failure: null })
  expect((await health(app.deps)).backfills).toEqual({ open: 0, finished: 1, ended: 0 })

  const { number } = await github.openIssue(engine, { author: 'mara' })
  await github.comment(engine, number, { author: 'mara', body: '/groundswell status' })
  await run.idle()
  expect(run.ownComments(number).join()).toContain('known back to 1 January 2024')
  expect(await parkedWork(app.deps.db, 10)).toEqual([])

  await run.pass(24)
  const before = historyRequests(run).length
  await run.tick('sync-installations')
  await run.restart()
  await run.idle()
  expect(historyRequests(run)).toHaveLength(before)
})

describe('the same facts as without any trouble', () => {
  it('when the App stops, GitHub fails and people go on in between', async () => {
    const calm = await withPast(60)
    await calm.idle()
    await happenings(calm)
    await calm.idle()

    const rough = await withPast(60, {
      afterwards: async (github) => {
        github.fail({ path: /\/graphql$/, status: 502, times: 3 })
      },
    })
    await until(() => historyRequests(rough).length >= 4)
    await rough.restart()
    rough.github.fail({ path: /\/graphql$/, status: 200, body: resourcesExceeded, times: 2 })
    rough.github.fail({ path: /\/graphql$/, status: 'drop', times: 2 })
    await happenings(rough)
    await rough.restart()
    await rough.idle()
    expect(await facts(rough)).toEqual(await facts(calm))
    expect(await backfill(rough)).toMatchObject({ failure: null })
    expect(await parkedWork(rough.app.deps.db, 10)).toEqual([])
  })

  it('when GitHub asks for patience, in either of its spellings, and for what people need', async () => {
    const run = await withPast(3, {
      afterwards: async (github) => {
        github.rateLimits.limits.graphql = 3
        github.addRepository('example-lab', 'second')
      },
    })
    const { rateLimits } = run.github
    // One page fits, and then two fifths of the hour's points are for others.
    await until(() => run.logged.join('').split('kept for live work').length > 2)
    expect(historyRequests(run)).toHaveLength(2)
    // What costs no points goes on meanwhile.
    const done = async () => {
      const { lanes } = await backfill(run)
      return lanes.filter(({ finished_at }) => finished_at !== null).map(({ lane }) => lane)
    }
    await until(async () => (await done()).includes('stars'))
    expect((await done()).sort()).toEqual(['releases', 'review_comments', 'stars'])
    for (const spelling of ['RATE_LIMITED', 'RATE_LIMIT'] as const) {
      await run.pass(2)
      rateLimits.graphqlErrorType = spelling
      rateLimits.limits.graphql = 0
      await run.restart()
      await until(() => run.logged.join('').includes(`${spelling}: API rate limit`))
    }
    await run.pass(2)
    rateLimits.limits.graphql = 5000
    await run.restart()
    await run.idle()
    expect(await backfill(run)).toMatchObject({
      failure: null,
      reachedTo: run.github.world.repository(engine).createdAt,
    })
    expect((await health(run.app.deps)).backfills).toEqual({ open: 0, finished: 2, ended: 0 })
  })
})

/** What people do while the past is read: it touches the oldest and the newest. */
async function happenings({ github, pass }: Journey): Promise<void> {
  await pass(1)
  await github.comment(engine, 1, { author: 'ines' })
  await github.openPullRequest(engine, { author: 'newcomer-a' })
  await pass(1)
  await github.closeIssue(engine, 120, { by: 'mara' })
}

const resourcesExceeded = {
  data: null,
  errors: [
    { type: 'RESOURCE_LIMITS_EXCEEDED', message: 'Resource limits for this query exceeded' },
  ],
}

it('knows the stars of the days before, without who gave them', async () => {
  const run = await withPast(20)
  await run.idle()
  const { db } = run.app.deps
  const rows = await db.selectFrom('day_counts').selectAll().orderBy('day').execute()
  const past = rows.filter(({ forks }) => forks === null)
  const known = past.map(({ day, stars, forks }) => [day.toISOString().slice(0, 10), stars, forks])
  expect(known).toEqual([
    ['2024-01-01', 1, null],
    ['2024-01-06', 2, null],
    ['2024-01-11', 3, null],
    ['2024-01-15', 4, null],
  ])
  const given = await db.selectFrom('facts').where('kind', '=', 'star.created').execute()
  expect(given).toEqual([])
})

it('reads what happened while the repository was not among those of the App', async () => {
  const run = await withPast(3)
  const { github } = run
  await run.idle()
  const before = await facts(run)
  await run.pass(1)
  await github.changeRepositories('example-lab', { removed: ['engine'] })
  await run.idle()
  await run.pass(48)
  await github.comment(engine, 1, { author: 'newcomer-b' })
  const { number } = await github.openPullRequest(engine, { author: 'newcomer-a' })
  await run.pass(1)
  const comments = [{ path: 'src/tokenizer.py', body: 'Why so?' }]
  await github.review(engine, number, { author: 'mara', comments })
  await run.pass(48)
  const asked = historyRequests(run).length
  await github.changeRepositories('example-lab', { added: ['engine'] })
  await run.idle()
  await run.tick('schedule-reconciliations')
  const missed = (await facts(run)).filter((fact) => !before.includes(fact))
  expect(missed.filter((fact) => !fact.endsWith('[bot]'))).toEqual([
    expect.stringContaining('issue_comment.created 1 '),
    expect.stringContaining(`pull_request.opened ${number} `),
    expect.stringContaining(`pull_request_review.submitted ${number} `),
    expect.stringContaining(`pull_request_review_comment.created ${number} `),
  ])
  expect(await backfill(run)).toMatchObject({ failure: null, finishedAt: expect.any(Date) })
  // The hour's comparison finds it; nothing of the past is read again.
  expect(historyRequests(run)).toHaveLength(asked)
})

describe('a history that cannot be read', () => {
  it.each([
    ['GitHub knows nothing of it', { status: 404, body: { message: 'Not Found' } }],
    ['the App may not look', { status: 403, body: { message: 'Resource not accessible' } }],
    [
      'the repository is gone',
      {
        status: 200,
        body: { data: { repository: null }, errors: [{ type: 'NOT_FOUND', message: 'Gone' }] },
      },
    ],
  ])('is given up and noted, and disturbs nothing: %s', async (_, fault) => {
    const run = await withPast(1, {
      // More than one of both: an installation that is heard of twice at once may be tried twice.
      afterwards: async (github) => github.fail({ path: /\/graphql$/, times: 50, ...fault }),
    })
    await run.idle()
    const { number } = await run.github.openPullRequest(engine, { author: 'newcomer-z' })
    await run.idle()
    expect(run.ownComments(number)).toHaveLength(1)
    expect(await backfill(run)).toMatchObject({ reachedTo: null, failure: expect.any(String) })
    expect(await parkedWork(run.app.deps.db, 10)).toEqual([])
    expect((await health(run.app.deps)).backfills).toEqual({ open: 0, finished: 0, ended: 1 })
  })

  it('in one lane leaves the others', async () => {
    const run = await withPast(2)
    await run.idle()
    const discussions = {
      path: ['repository', 'discussions'],
      type: 'FORBIDDEN',
      message: 'Resource not accessible by integration',
    }
    const count = { totalCount: 0 }
    run.github.fail({
      path: /\/graphql$/,
      status: 200,
      body: {
        data: {
          repository: {
            ...{ createdAt: '2024-01-01T09:00:00Z', isPrivate: false, stargazerCount: 0 },
            ...{ pull_requests: count, issues: count, releases: count, forks: count },
            discussions: null,
          },
        },
        errors: [discussions],
      },
    })
    await ask(run, { step: 'begin', again: true })
    const { lanes, failure } = await backfill(run)
    expect(failure).toBeNull()
    expect(lanes.find(({ lane }) => lane === 'discussions')?.failure).toContain('does not show it')
  })

  it('of stars, which an older server does not know, leaves the others', async () => {
    const run = await withPast(2, {
      afterwards: async (github) =>
        github.fail({
          path: /\/stargazers\/history$/,
          status: 404,
          body: { message: 'Not Found' },
        }),
    })
    await run.idle()
    const { lanes, failure } = await backfill(run)
    expect(failure).toBeNull()
    const closed = lanes.filter((lane) => lane.failure !== null)
    expect(closed).toMatchObject([{ lane: 'stars', failure: '404 Not Found' }])
  })
})

const ask = ({ app }: Journey, given: Partial<Extract<CommandRequest, { command: 'backfill' }>>) =>
  carryOut({ command: 'backfill', of: engine, again: false, step: 'begin', ...given }, app.deps)

describe('the command', () => {
  it('tells first what it will cost, and then what it cost', async () => {
    const run = await withPast(4)
    await run.idle()
    const { text } = await ask(run, { step: 'estimate' })
    expect(text).toMatch(
      /^example-lab\/engine: 4 pull requests, 4 issues, 1 release, 1 discussion, 2 review comments, 1 star\. .* about 5 points .* 1 fork is looked at after that, for about 1 point\.$/,
    )
    const first = await backfill(run)
    const done = await ask(run, {})
    expect(done.data).toMatchObject({ done: true, points: first.points })
    expect(done.text).toContain(`read back to 2024-01-01. ${first.points} points`)

    const before = await facts(run)
    await run.app.deps.db.deleteFrom('facts').execute()
    const again = await ask(run, { again: true })
    expect(again.data).toMatchObject({ done: true, points: first.points })
    // Forks are looked at again by the running App.
    await until(async () => (await facts(run)).length === before.length, 60_000)
    expect(await facts(run)).toEqual(before)
  })

  it('knows only repositories that the App is installed on', async () => {
    const run = await journey()
    await run.idle()
    await expect(ask(run, { of: 'example-lab/other' })).rejects.toThrow('example-lab/other')
  })
})
