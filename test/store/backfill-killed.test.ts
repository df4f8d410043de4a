import type { KyselyPlugin } from 'kysely'
import { expect, it } from 'vitest'
import type { Fault } from '../../src/sandbox/faults.ts'
import { secondaryRateLimit } from '../../src/sandbox/faults.ts'
import { backfillOf } from '../../src/store/backfills.ts'
import type { Database } from '../../src/store/database.ts'
import { type Delivered, dump, past, tell } from '../support/backfill.ts'
import { emptyDatabase, useDatabase } from '../support/engine.ts'
import { engine } from '../support/journey.ts'

const using = useDatabase()

class Killed extends Error {}

/** A process that is gone after so many queries, in a transaction or out of it. */
function mortal(db: Database, most = Number.POSITIVE_INFINITY) {
  const life = { queries: 0 }
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => {
      life.queries += 1
      if (life.queries > most) throw new Killed()
      return node
    },
    transformResult: async ({ result }) => result,
  }
  return { db: db.withPlugin(plugin), life }
}

type Past = Awaited<ReturnType<typeof past>>

/** Reads to the end, as the queue would: what failed is tried again. */
async function readOn(db: Database, { step }: Past): Promise<void> {
  for (let failures = 0; ; ) {
    try {
      if (!(await step(db))) return
    } catch (error) {
      failures += 1
      if (error instanceof Killed || failures > 20) throw error
    }
  }
}

const graphql = /\/graphql$/
const limited = (type: string, data: unknown) => ({
  status: 200,
  body: { data, errors: [{ type, message: 'No more' }] },
})
/** What GitHub gave before it had enough: the rest of it must not be taken for read. */
const part = {
  rateLimit: null,
  repository: { page0: { pageInfo: { hasNextPage: true, endCursor: 'further' }, nodes: [null] } },
}

/** What goes wrong in each life, and after which part of the queries that an undisturbed one takes it ends. */
const lives: { share: number; faults: Fault[] }[] = [
  { share: 0.12, faults: [{ path: graphql, status: 502, times: 2 }] },
  { share: 0.2, faults: [{ path: graphql, ...limited('RESOURCE_LIMITS_EXCEEDED', part) }] },
  { share: 0.13, faults: [{ path: graphql, status: 'drop', times: 2 }] },
  {
    share: 0.17,
    faults: [
      { path: graphql, ...limited('RATE_LIMITED', null) },
      { path: graphql, ...secondaryRateLimit(60) },
    ],
  },
  {
    share: 0.1,
    faults: [
      { path: /\/pulls\/comments$/, status: 502 },
      { path: /\/stargazers\/history$/, status: 'drop' },
      { path: graphql, status: 'commit-then-drop' },
    ],
  },
]

/** What people do meanwhile: it touches the oldest and the newest. */
async function happening({ github, clock }: Past, life: number): Promise<Delivered[]> {
  clock.now = new Date(clock.now.getTime() + 3_600_000)
  const opened = await github.openPullRequest(engine, { author: 'newcomer-a' })
  const said = await github.comment(engine, 1 + life, { author: 'newcomer-b' })
  const ready = await github.review(engine, opened.number, { author: 'mara' })
  return [opened, said, ready]
}

it('ends in the facts of an undisturbed reading, killed five times while GitHub fails and people go on', async () => {
  const { db } = using.open
  const told = await past(70)
  const { github } = told
  await told.want(db)
  const undisturbed = mortal(db)
  await readOn(undisturbed.db, told)
  await emptyDatabase(using.open)

  await told.want(db)
  for (const [life, { share, faults }] of lives.entries()) {
    for (const fault of faults) github.fail(fault)
    const dying = mortal(db, Math.floor(share * undisturbed.life.queries))
    await expect(readOn(dying.db, told)).rejects.toBeInstanceOf(Killed)
    for (const delivery of await happening(told, life)) await tell(db, delivery)
  }
  await readOn(db, told)
  const disturbed = await dump(db)
  const failed = github.requests.filter(({ operation }) => operation === null)
  expect(failed.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 403, 502, null]))
  expect(failed.map(({ path }) => path.split('/').at(-1))).toEqual(
    expect.arrayContaining(['graphql', 'comments', 'history']),
  )
  expect(await backfillOf(db, told.repositoryId)).toMatchObject({
    reachedTo: github.world.repository(engine).createdAt,
    lanes: Array(6).fill(expect.objectContaining({ failure: null })),
  })

  await emptyDatabase(using.open)
  github.clearFaults()
  await told.want(db)
  await readOn(db, told)
  expect(disturbed).toEqual(await dump(db))
  expect(disturbed.facts?.length).toBeGreaterThan(400)
})
