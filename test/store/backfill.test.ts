import fc from 'fast-check'
import { sql } from 'kysely'
import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { readEnvironment } from '../../config/environment.ts'
import { backfillStep } from '../../jobs/backfill-step.ts'
import { translate } from '../../src/events/index.ts'
import { openGitHubApp } from '../../src/github/github-app.ts'
import type { GitHub } from '../../src/sandbox/github.ts'
import { backfillOf, wantBackfill } from '../../src/store/backfills.ts'
import type { Database } from '../../src/store/database.ts'
import { record } from '../../src/store/record.ts'
import { emptyDatabase, useDatabase } from '../support/engine.ts'
import { pastOf } from '../support/history.ts'
import { appEnvironment, engine, exampleGitHub } from '../support/journey.ts'

const using = useDatabase()

/** A GitHub with a past of so many days, and how the App reads from it. */
async function past(days: number) {
  const clock = { now: new Date('2024-01-01T09:00:00Z') }
  const { github, contract } = await exampleGitHub(() => clock.now)
  onTestFinished(async () => {
    await github.close()
    expect(contract.violations).toEqual([])
  })
  await pastOf(github, clock, { days })
  const { id } = github.addInstallation('example-lab')
  const environment = readEnvironment(appEnvironment(github))
  const { credentials } = environment
  if (credentials === null) throw new Error('The environment of the test lacks credentials')
  const app = await openGitHubApp({
    credentials,
    github: environment.github,
    log: pino({ level: 'silent' }),
    redisUrl: null,
    throttle: false,
    budgets: null,
  })
  const octokit = await app.github.installation({
    installationId: id,
    repositoryId: null,
    purpose: 'backfill',
  })
  const repositoryId = github.world.repository(engine).id
  const { db } = using.open
  const where = { repositoryId, owner: 'example-lab', name: 'engine' }
  const now = () => clock.now
  return {
    github,
    repositoryId,
    want: () => wantBackfill(db, repositoryId, { at: now(), again: 'never' }),
    /** False at the end. */
    step: async () => {
      const backfill = await backfillOf(db, repositoryId)
      if (backfill === null) throw new Error('The test wants no backfill')
      return (await backfillStep(octokit, where, { backfill, deps: { db, now } })) !== null
    },
  }
}

type Told = GitHub['deliveries']['made'][number]

async function tell(db: Database, { event, payload }: Told) {
  const told = translate(event, payload, (address) => `hash of ${address}`)
  if (told !== null) await db.transaction().execute(async (trx) => await record(trx, told))
}

/** What an object of the API does not say, so that only a webhook can. */
const toldOnlyByWebhooks = sql`kind not in ('commit.authored', 'commit.coauthored', 'pull_request_review_comment.created')`

async function dump(db: Database) {
  const queries = {
    facts: sql`select kind, key, occurred_at, account_id, thread, detail from facts where ${toldOnlyByWebhooks}`,
    threads: sql`select * from threads`,
    accounts: sql`select distinct accounts.id, login, type from accounts join facts on account_id = accounts.id where ${toldOnlyByWebhooks}`,
  }
  const tables: Record<string, string[]> = {}
  for (const [name, query] of Object.entries(queries)) {
    const { rows } = await query.execute(db)
    tables[name] = rows.map((row) => JSON.stringify(row)).sort()
  }
  return tables
}

it('ends in the same facts, read or told or both in any mixture', async () => {
  const { db } = using.open
  const { github, want, step } = await past(12)
  const { made } = github.deliveries
  // Accounts deleted since are nobody in what is read; what was told before still names them.
  for (const delivery of made) await tell(db, delivery)
  const told = await dump(db)
  const withoutDeleted = (rows: string[] = []) => rows.filter((row) => !row.includes('was-deleted'))

  await emptyDatabase(using.open)
  await want()
  while (await step()) {}
  const read = await dump(db)
  const deleted = github.world.accounts.find(({ login }) => login === 'was-deleted')?.id
  const nameless = (rows: string[] = []) =>
    rows.map((row) => row.replaceAll(`_id":${deleted}`, '_id":null')).sort()
  expect(read.facts).toEqual(nameless(told.facts))
  expect(read.threads).toEqual(nameless(told.threads))
  expect(read.accounts).toEqual(withoutDeleted(told.accounts))
  expect(read.facts?.length).toBeGreaterThan(200)
  expect(read.accounts?.join()).toContain('dependabot[bot]')

  const mixtures = fc.record({
    before: fc.shuffledSubarray(made),
    between: fc.shuffledSubarray(made),
  })
  await fc.assert(
    fc.asyncProperty(mixtures, async ({ before, between }) => {
      await emptyDatabase(using.open)
      for (const delivery of before) await tell(db, delivery)
      await want()
      const rest = [...between]
      do {
        const next = rest.shift()
        if (next !== undefined) await tell(db, next)
      } while (await step())
      for (const delivery of rest) await tell(db, delivery)
      const mixed = await dump(db)
      expect(nameless(mixed.facts)).toEqual(read.facts)
      expect(nameless(mixed.threads)).toEqual(read.threads)
      expect(withoutDeleted(mixed.accounts)).toEqual(read.accounts)
    }),
    { numRuns: 5 },
  )
}, 120_000)

it('costs a point a page, and one more for many long conversations together', async () => {
  const { github, repositoryId, want, step } = await past(110)
  await want()
  while (await step()) {}
  const { points, requests } = (await backfillOf(using.open.db, repositoryId)) ?? {}
  const asked = github.requests.filter(({ path }) => path === '/graphql')
  // The totals; 3 and 2 pages of pull requests and issues; one each of releases, forks and discussions.
  const pages = 1 + 3 + 2 + 3
  // Each page spans more than a month, so what is long on it is read at once; and one discussion.
  const rests = 3 + 2 + 1
  expect({ points, requests }).toEqual({ points: pages + rests, requests: pages + rests })
  expect(asked).toHaveLength(pages + rests)
}, 60_000)
