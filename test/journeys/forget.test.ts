import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { carryOut } from '../../src/cli/commands.ts'
import type { Database } from '../../src/store/database.ts'
import { parkedWork } from '../../src/store/work.ts'
import { engine, journey } from '../support/journey.ts'
import { expectPublished } from '../support/output-schema.ts'

type Journey = Awaited<ReturnType<typeof journey>>

/** Where anything of an account stands: every row of every table of ours that holds its login or number. */
async function traces(db: Database, { id, login }: { id: number; login: string }) {
  const { rows: tables } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public'`.execute(db)
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql<{ row: string }>`
      select to_jsonb(one)::text as row from ${sql.table(name)} as one`.execute(db)
    const pattern = new RegExp(`${login}|(?<![0-9])${id}(?![0-9])`, 'i')
    found.push(...rows.filter(({ row }) => pattern.test(row)).map(({ row }) => `${name}: ${row}`))
  }
  return found
}

/** Somebody who did a bit of everything, in two repositories. */
async function shyOne(run: Journey) {
  const { github } = run
  github.addRepository('example-lab', 'weights')
  const merged = await github.openPullRequest(engine, { author: 'shy-one' })
  await run.idle()
  await run.pass(2)
  await github.mergePullRequest(engine, merged.number, { by: 'mara' })
  const open = await github.openPullRequest(engine, { author: 'shy-one' })
  const elsewhere = await github.openPullRequest('example-lab/weights', { author: 'shy-one' })
  await github.star(engine, { by: 'shy-one' })
  await github.fork(engine, { owner: 'shy-one' })
  const issue = await github.openIssue(engine, { author: 'newcomer-b' })
  await github.comment(engine, issue.number, { author: 'shy-one', body: 'Me too' })
  await github.push(engine, {
    by: 'shy-one',
    commits: [{ files: [{ filename: 'README.md' }] }],
  })
  await run.idle()
  const { id } = github.world.account('shy-one')
  const bodies = () =>
    [
      ...[merged, open, issue].flatMap(({ number }) => github.comments(engine, number)),
      ...github.comments('example-lab/weights', elsewhere.number),
    ]
      .filter(({ byApp }) => byApp)
      .map(({ body }) => body)
  return { account: { id, login: 'shy-one' }, merged, open, issue, bodies }
}

describe('forget-me', () => {
  it('leaves no trace of who asked, in the store or in comments, and says what was done', async () => {
    const run = await journey()
    const { github } = run
    const { account, open, issue, bodies } = await shyOne(run)
    const { db } = run.app.deps
    github.setPermission(engine, 'mara', 'write')
    await github.comment(engine, issue.number, {
      author: 'mara',
      body: '/groundswell report shy-one',
    })
    await run.idle()
    expect(bodies().filter((body) => body.includes('shy-one'))).toHaveLength(4)
    expect(await traces(db, account)).not.toEqual([])

    await github.comment(engine, open.number, { author: 'shy-one', body: '/groundswell forget-me' })
    await run.idle()
    expect(bodies()).toEqual([expect.stringContaining('You are forgotten.')])
    expect(bodies().join()).toMatch(/cannot be undone[\s\S]*hide-me/)
    expect(bodies().join()).not.toContain('shy-one')
    expect(await traces(db, account)).toEqual([])
    expect(await parkedWork(db, 10)).toEqual([])
  })

  it('stays so, whatever GitHub tells or is asked later', async () => {
    const run = await journey()
    const { github } = run
    const { account, open, bodies } = await shyOne(run)
    await github.comment(engine, open.number, { author: 'shy-one', body: '/groundswell forget-me' })
    await run.idle()
    const before = bodies()

    const again = await github.openPullRequest(engine, { author: 'shy-one' })
    await github.mergePullRequest(engine, again.number, { by: 'mara' })
    await github.comment(engine, open.number, { author: 'shy-one', body: 'One more thing' })
    await github.comment(engine, open.number, { author: 'shy-one', body: '/groundswell hide-me' })
    await github.closePullRequest(engine, open.number, { by: 'shy-one' })
    await github.push(engine, {
      by: 'shy-one',
      commits: [{ files: [{ filename: 'README.md' }] }],
    })
    await run.idle()
    await carryOut({ command: 'replay', deliveries: [], reopen: 'all' }, run.app.deps)
    const backfill = { command: 'backfill', of: engine, again: true } as const
    await carryOut({ ...backfill, step: 'begin' }, run.app.deps)
    await run.pass(0.1)
    await run.tick('sweep')
    await run.tick('schedule-reconciliations')
    expect(await traces(run.app.deps.db, account)).toEqual([])
    expect(run.ownComments(again.number)).toEqual([])
    expect(bodies()).toEqual(before)
    const merged = await run.app.deps.db
      .selectFrom('facts')
      .selectAll()
      .where('kind', '=', 'pull_request.merged')
      .execute()
    expect(merged.map(({ account_id }) => account_id)).toEqual([null, null])
  })

  it('is finished by the next attempt when GitHub fails in the middle of it', async () => {
    const run = await journey()
    const { github } = run
    const { account, merged, bodies } = await shyOne(run)
    github.fail({ path: /\/comments$/, status: 500, times: 2 })
    await github.comment(engine, merged.number, {
      author: 'shy-one',
      body: '/groundswell forget-me',
    })
    await run.idle()
    expect(bodies()).toEqual([expect.stringContaining('You are forgotten.')])
    expect(await traces(run.app.deps.db, account)).toEqual([])
  })
})

describe('groundswell forget', () => {
  it('does the same for whoever runs the App, and says how much there was', async () => {
    const run = await journey()
    const { account, bodies } = await shyOne(run)
    const { deps } = run.app
    const request = { command: 'forget', login: 'Shy-One' } as const
    const answer = await carryOut(request, deps)
    expectPublished('forget', JSON.stringify(answer.data))
    expect(answer.text).toMatch(/^Forgot shy-one: \d+ facts are nobody's now/)
    expect(answer.text).toMatch(/Comments on 3 pull requests[\s\S]*cannot be undone/)
    await run.idle()
    expect(bodies()).toEqual([])
    expect(await traces(deps.db, account)).toEqual([])
    await expect(carryOut(request, deps)).rejects.toThrow(/Nothing is kept of an account/)
  })
})
