import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { carryOut } from '../../src/cli/commands.ts'
import { parkedWork } from '../../src/store/work.ts'
import { engine, journey } from '../support/journey.ts'

type Journey = Awaited<ReturnType<typeof journey>>

const monday = new Date('2026-11-23T09:00:00Z')
const digestsIn = ({ github }: Journey, repository: string) =>
  github.issues(repository).filter(({ byApp }) => byApp)

/** A pull request from outside, and the App's comments on it. */
async function contribute(run: Journey, repository: string, author: string): Promise<string[]> {
  const { github, idle } = run
  const { number } = await github.openPullRequest(repository, { author })
  await idle()
  return github
    .comments(repository, number)
    .filter(({ byApp }) => byApp)
    .map(({ body }) => body)
}

const facts = async ({ app }: Journey) => {
  const rows = await app.deps.db.selectFrom('facts').select('key').execute()
  return rows.length
}

describe('a repository', () => {
  it('is followed under its new name, in comments, links and digests', async () => {
    const run = await journey()
    expect(await contribute(run, engine, 'newcomer-a')).toHaveLength(1)
    await run.pass(1)
    await run.github.renameRepository(engine, 'core')
    const renamed = 'example-lab/core'
    await run.idle()
    const asked = { command: 'digest' as const, week: '2026-W47', publish: false }
    expect((await carryOut({ ...asked, of: renamed }, run.app.deps)).text).toContain('Week 47')
    await expect(carryOut({ ...asked, of: engine }, run.app.deps)).rejects.toThrow(engine)
    expect(await contribute(run, renamed, 'newcomer-b')).toHaveLength(1)
    const opened = run.app.deps.db.selectFrom('facts').where('kind', '=', 'pull_request.opened')
    expect(await opened.select('repository_id').distinct().execute()).toHaveLength(1)

    await run.reach(monday)
    await run.tick('schedule-digests')
    const [digest, ...others] = digestsIn(run, renamed)
    expect(others).toEqual([])
    expect(digest?.body).toContain(`${run.github.url}/${renamed}/`)
    expect(digest?.body).not.toContain(engine)
  })

  it('keeps its history when it moves to another owner who has the App', async () => {
    const run = await journey()
    const { github } = run
    github.addOrganization('new-home')
    await github.install('new-home')
    expect(await contribute(run, engine, 'newcomer-a')).toHaveLength(1)
    await run.reach(new Date('2026-11-17T09:00:00Z'))
    await run.tick('sync-installations')
    await run.pass(1)
    const { db } = run.app.deps
    const repository = github.world.repository(engine)
    const moveTo = async (login: string) => {
      const { owner } = repository
      repository.owner = github.world.account(login)
      const changes = { owner: { from: { organization: { id: owner.id, login: owner.login } } } }
      const told = { action: 'transferred', changes }
      const sender = owner
      await github.deliveries.announce(
        github.deliveries.make('repository', { repository, sender }, told),
      )
      await run.idle()
    }
    const throughWhom = async () => {
      const rows = await db
        .selectFrom('repositories')
        .innerJoin('installations', 'installations.id', 'repositories.installation_id')
        .select(['owner_login', 'account_login'])
        .execute()
      return rows.map(({ owner_login, account_login }) => [owner_login, account_login])
    }
    await moveTo('new-home')
    expect(await throughWhom()).toEqual([['new-home', 'new-home']])
    expect(await contribute(run, 'new-home/engine', 'newcomer-b')).toHaveLength(1)

    // Back again and away again, and GitHub's word of the first is lost.
    await run.pass(1)
    github.failDeliveries(1)
    await moveTo('example-lab')
    expect(await contribute(run, engine, 'newcomer-c')).toHaveLength(1)
    expect(await throughWhom()).toEqual([['example-lab', 'example-lab']])
    await run.pass(1)
    await moveTo('new-home')
    await run.tick('sync-installations')
    await run.reach(monday)
    await run.tick('schedule-digests')
    const [digest] = digestsIn(run, 'new-home/engine')
    expect(digest?.body).toContain(`${github.url}/new-home/engine/`)
    expect(digest?.body).toContain('newcomer-a')
    expect(await parkedWork(run.app.deps.db, 10)).toEqual([])
  })

  it('gets no digest once it is archived, and its name stays private once it is', async () => {
    const run = await journey()
    const { github } = run
    github.addRepository('example-lab', 'secret')
    for (const [repository, author] of [
      [engine, 'newcomer-a'],
      ['example-lab/secret', 'newcomer-a'],
    ] as const) {
      await contribute(run, repository, author)
    }
    await run.pass(1)
    await github.setPrivate('example-lab/secret', true)
    await run.pass(1)
    const { number } = await github.openPullRequest('example-lab/secret', {
      author: 'newcomer-a',
      title: 'A canary of a private title',
    })
    await run.idle()
    await run.pass(1)
    await github.mergePullRequest('example-lab/secret', number, { by: 'mara' })
    await run.idle()
    const { number: on } = await github.openIssue(engine, { author: 'mara' })
    github.setPermission(engine, 'mara', 'write')
    for (const command of ['status', 'report', 'report newcomer-a', 'help']) {
      await github.comment(engine, on, { author: 'mara', body: `/groundswell ${command}` })
    }
    await run.idle()
    const said = () =>
      [...github.issues(engine)].flatMap(({ body, comments, byApp }) => [
        ...(byApp ? [body ?? ''] : []),
        ...comments.filter((comment) => comment.byApp).map((comment) => comment.body),
      ])
    await run.reach(monday)
    await run.tick('schedule-digests')
    expect(digestsIn(run, engine)).toHaveLength(1)
    expect(digestsIn(run, 'example-lab/secret')).toHaveLength(1)
    expect(said().length).toBeGreaterThan(4)
    expect(said().join()).not.toMatch(/secret|canary/)
    // What they did in private is no part of what the public repository tells about them.
    expect(said().find((body) => body.includes('opened 1 pull request here'))).toBeDefined()

    await github.archiveRepository(engine)
    await run.idle()
    await run.reach(new Date('2026-11-30T09:00:00Z'))
    await run.tick('schedule-digests')
    expect(digestsIn(run, engine)).toHaveLength(1)
    expect(await parkedWork(run.app.deps.db, 10)).toEqual([])
  })
})

/** Rows of every table that hold anything of a repository or a person. */
async function remaining({ app }: Journey): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of [
    ...['deliveries', 'facts', 'retractions', 'accounts', 'signatures', 'associations', 'threads'],
    ...['footprints', 'author_histories', 'repositories', 'day_counts', 'publications', 'work'],
    ...['backfills', 'backfill_lanes', 'evidence', 'people', 'refusals', 'unsettled_members'],
  ]) {
    const { rows } = await sql<{ count: number }>`select count(*) from ${sql.table(table)}`.execute(
      app.deps.db,
    )
    if (Number(rows[0]?.count) > 0) counts[table] = Number(rows[0]?.count)
  }
  return counts
}

describe('what left', () => {
  it('is kept for the grace period and then erased with everything that it named', async () => {
    const run = await journey({ env: { DELIVERY_RETENTION_DAYS: '365' } })
    const { github } = run
    github.addRepository('example-lab', 'gone')
    await contribute(run, engine, 'stays-here')
    await contribute(run, 'example-lab/gone', 'only-there')
    await contribute(run, 'example-lab/gone', 'stays-here')
    const email = 'somebody@example.org'
    const commits = [{ author: { name: 'Somebody', email } }]
    await github.push('example-lab/gone', { by: 'tomasz', commits })
    // A delivery that could not be read holds a whole payload, too.
    const odd = github.deliveries.make(
      'star',
      {
        repository: github.world.repository('example-lab/gone'),
        sender: github.world.account('only-there'),
      },
      { action: 'created', starred_at: 'never' },
    )
    await github.deliveries.announce(odd)
    await run.idle()
    const { id } = github.world.repository('example-lab/gone')
    await run.pass(1)
    await github.deleteRepository('example-lab/gone')
    await run.idle()
    await run.pass(29 * 24)
    await run.tick('housekeep')
    const { db } = run.app.deps
    const ofGone = () =>
      db.selectFrom('facts').where('repository_id', '=', id).selectAll().execute()
    expect(await ofGone()).not.toEqual([])

    await run.pass(2 * 24)
    await run.tick('housekeep')
    expect(await ofGone()).toEqual([])
    const logins = await db.selectFrom('accounts').select('login').execute()
    expect(logins.map(({ login }) => login)).toContain('stays-here')
    expect(logins.map(({ login }) => login)).not.toContain('only-there')
    // What stays signed its first commit on GitHub's pages.
    const signed = db.selectFrom('signatures').where('human', '=', true).selectAll()
    expect(await signed.execute()).toEqual([])
    const bodies = await db.selectFrom('deliveries').select(['event', 'body']).execute()
    expect(
      bodies.filter(({ event, body }) => event !== 'installation' && body.includes('/gone')),
    ).toEqual([])
    expect(await contribute(run, engine, 'newcomer-b')).toHaveLength(1)

    await run.pass(1)
    await github.uninstall('example-lab')
    await run.idle()
    expect(await facts(run)).toBeGreaterThan(0)
    await run.pass(31 * 24)
    await run.tick('housekeep')
    const { deliveries, ...others } = await remaining(run)
    expect(others).toEqual({})
    const events = await db.selectFrom('deliveries').select('event').distinct().execute()
    expect(events.map(({ event }) => event)).toEqual(['installation'])
    await run.pass(366 * 24)
    await run.tick('housekeep')
    expect(await remaining(run)).toEqual({})
  })

  it('is not written to: uninstalled, taken out, and suspended until it no longer is', async () => {
    const run = await journey()
    const { github } = run
    github.addRepository('example-lab', 'other')
    expect(await contribute(run, engine, 'newcomer-a')).toHaveLength(1)
    expect(await contribute(run, 'example-lab/other', 'newcomer-a')).toHaveLength(1)

    await run.pass(1)
    await github.changeRepositories('example-lab', { removed: ['other'] })
    await run.idle()
    const before = await facts(run)
    const { db } = run.app.deps
    const left = db.selectFrom('repositories').select('name').where('untracked_at', 'is not', null)
    expect(await left.execute()).toEqual([{ name: 'other' }])
    expect(await contribute(run, 'example-lab/other', 'newcomer-b')).toEqual([])
    expect(await facts(run)).toBe(before)
    await run.pass(1)
    await github.changeRepositories('example-lab', { added: ['other'] })
    await run.idle()
    expect(await left.execute()).toEqual([])
    await run.pass(1)
    expect(await contribute(run, 'example-lab/other', 'newcomer-c')).toHaveLength(1)

    await github.suspend('example-lab')
    await run.idle()
    await run.reach(monday)
    await run.tick('schedule-digests')
    await carryOut({ command: 'digest', of: engine, week: '2026-W47', publish: true }, run.app.deps)
    expect(digestsIn(run, engine)).toEqual([])
    await run.pass(1)
    await github.unsuspend('example-lab')
    await run.idle()
    await run.tick('schedule-digests')
    expect(digestsIn(run, engine)).toHaveLength(1)
    expect(await contribute(run, engine, 'newcomer-d')).toHaveLength(1)
    expect(await parkedWork(run.app.deps.db, 10)).toEqual([])
  })
})

it('hears of an installation by whatever comes through it, and of the rest by asking', async () => {
  const run = await journey()
  const { github } = run
  await run.idle()
  github.addOrganization('quiet-lab')
  github.addRepository('quiet-lab', 'heard')
  github.addRepository('quiet-lab', 'unheard')
  github.putFile('quiet-lab/unheard', '.github/groundswell.yml', 'waiting-hours: 7\n')
  github.failDeliveries(1)
  await github.install('quiet-lab')
  expect(await contribute(run, 'quiet-lab/heard', 'newcomer-a')).toHaveLength(1)

  const tracked = async () => {
    const rows = await run.app.deps.db
      .selectFrom('repositories')
      .select(['name', 'configuration'])
      .where('owner_login', '=', 'quiet-lab')
      .where('untracked_at', 'is', null)
      .orderBy('name')
      .execute()
    return rows.map(({ name, configuration }) => [name, JSON.stringify(configuration)])
  }
  expect(await tracked()).toEqual([['heard', expect.any(String)]])
  await run.pass(1)
  await run.tick('sync-installations')
  expect(await tracked()).toEqual([
    ['heard', expect.any(String)],
    ['unheard', expect.stringContaining('"waiting-hours":7')],
  ])

  await run.pass(1)
  github.failDeliveries(1)
  await github.changeRepositories('quiet-lab', { removed: ['unheard'] })
  await run.tick('sync-installations')
  expect((await tracked()).map(([name]) => name)).toEqual(['heard'])
  await run.pass(1)
  github.failDeliveries(1)
  await github.uninstall('quiet-lab')
  await run.tick('sync-installations')
  const rows = await run.app.deps.db
    .selectFrom('installations')
    .select('account_login')
    .where('deleted_at', 'is', null)
    .execute()
  expect(rows).toEqual([{ account_login: 'example-lab' }])
})

it('takes up an installation again that was missing from the list of another App', async () => {
  const run = await journey()
  const { db } = run.app.deps
  await run.idle()
  await db.updateTable('installations').set({ deleted_at: run.clock.now }).execute()
  await run.pass(1)
  await run.tick('sync-installations')
  expect(await contribute(run, engine, 'newcomer-a')).toHaveLength(1)
})

it('does not start on what another App has kept', async () => {
  const run = await journey()
  await run.idle()
  await run.app.deps.db
    .updateTable('settings')
    .set({ value: '1' })
    .where('name', '=', 'app-id')
    .execute()
  await expect(run.restart()).rejects.toThrow(/^APP_ID: what is kept here belongs to the App 1,/)
})

it('forgets raw deliveries after their retention, and what they told stays', async () => {
  const run = await journey({ env: { DELIVERY_RETENTION_DAYS: '3' } })
  await contribute(run, engine, 'newcomer-a')
  const before = await facts(run)
  await run.pass(4 * 24)
  const { number } = await run.github.openIssue(engine, { author: 'newcomer-b' })
  await run.idle()
  await run.tick('housekeep')
  const kept = await run.app.deps.db.selectFrom('deliveries').select('event').execute()
  expect(kept).toEqual([{ event: 'issues' }])
  expect(await facts(run)).toBe(before + 1)
  await run.reach(monday)
  await run.tick('schedule-digests')
  expect(digestsIn(run, engine)[0]?.body).toContain(`#${number}`)
})
