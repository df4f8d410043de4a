import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { FactKind, Recording } from '../../src/events/fact.ts'
import { recording } from '../../src/events/recording.ts'
import type { ProjectHistory } from '../../src/metrics/history.ts'
import {
  measuresIn,
  measuresOfEarlierWeek,
  measuresOfWeek,
} from '../../src/metrics/week-measures.ts'
import { type WeeklyDigest, weeklyDigest } from '../../src/metrics/weekly-digest.ts'
import {
  isWithin,
  monthEndedBefore,
  type Week,
  type Window,
  weekAfter,
  windowsBefore,
} from '../../src/metrics/window.ts'
import type { Database } from '../../src/store/database.ts'
import type { PeopleOverrides } from '../../src/store/people.ts'
import { keepApart } from '../../src/store/person-decisions.ts'
import { record } from '../../src/store/record.ts'
import { rollUp, whenRolledUp } from '../../src/store/roll-up.ts'
import { settlePeople, unsettleEverybody } from '../../src/store/settle-people.ts'
import { weekInSeries } from '../../src/store/week-in-series.ts'
import { namedWeek, week47 } from '../metrics/histories.ts'
import { anyWorld, dwellers } from '../metrics/world.ts'
import { emptyDatabase, useDatabase } from '../support/engine.ts'
import { historyFromFacts } from '../support/history-from-facts.ts'

const using = useDatabase()
const repositoryId = 1000
const seenAt = new Date('2020-01-01T00:00:00Z')
const nobodySpecial: PeopleOverrides = {
  ...{ insiders: [], bots: [], ai: [], humans: [], hidden: [] },
  organizations: {},
}
const honolulu = namedWeek('2026-W46', 'Pacific/Honolulu')
const fromSunday = namedWeek('2026-W47', 'America/New_York', 'sunday')

async function digestFromRollups(db: Database, week: Week, overrides = nobodySpecial) {
  const series = { repositoryId, week, earlier: windowsBefore(week, 8), overrides }
  const measuring = { measure: measuresOfEarlierWeek, measuredBy: 'these metrics' }
  const { digest, arrivals } = await weekInSeries(
    db,
    { ...series, ...measuring },
    (history, earlier) => {
      const digest = weeklyDigest(history, week, { earlier })
      return { digest, arrivals: told(history, week), measures: measuresIn(digest.trends) }
    },
  )
  return { digest: asTold(digest), arrivals }
}

async function digestFromFacts(db: Database, week: Week, overrides = nobodySpecial) {
  const window = { from: weekAfter(week, -8).from, to: week.to }
  const history = await historyFromFacts(db, {
    ...{ repositoryId, window, since: week.from, overrides },
  })
  return { digest: asTold(weeklyDigest(history, week)), arrivals: told(history, week) }
}

/** A thread that waits holds all that was said; of others a digest needs less. */
function asTold(digest: WeeklyDigest) {
  const numbered = (threads: WeeklyDigest['waiting']) =>
    threads.map(({ thread, hours }) => ({ number: thread.number, hours }))
  return {
    ...digest,
    ...{ waiting: numbered(digest.waiting), reviewsOwed: numbered(digest.reviewsOwed) },
  }
}

/** In no order: several may have come at the same instant. */
/** Who came in the month that a digest of the week tells of; who else is told is no matter. */
function told({ arrivals }: ProjectHistory, week: Week) {
  const month = monthEndedBefore(week)
  const came = arrivals?.filter(({ firstAt }) => isWithin(firstAt, month))
  return came?.map((arrival) => JSON.stringify(arrival)).toSorted()
}

async function tell(db: Database, parts: Partial<Recording>): Promise<void> {
  await db.transaction().execute(async (trx) => await record(trx, recording(parts)))
}

/** A repository that is known from its first day. */
async function begin(db: Database): Promise<void> {
  await emptyDatabase(using.open)
  const accounts = dwellers.map(({ id, login, type }) => ({ id, login, type, seenAt }))
  const repository = {
    ...{
      id: repositoryId,
      ownerId: 500,
      ownerLogin: 'example-lab',
      ownerType: 'Organization' as const,
    },
    ...{ name: `engine-${repositoryId}`, defaultBranch: 'main', private: false, archived: false },
    ...{ forks: 0, stars: 0, seenAt },
  }
  await tell(db, { accounts, repositories: [repository] })
  const known = { repository_id: repositoryId, wanted_at: seenAt, finished_at: seenAt }
  await db
    .updateTable('repositories')
    .set({ tracked_at: seenAt })
    .where('id', '=', repositoryId)
    .execute()
  await db
    .insertInto('backfills')
    .values({
      ...{ ...known, repository_created_at: seenAt, reached_to: seenAt },
      ...{ points: 0, requests: 0 },
    })
    .execute()
  await db
    .insertInto('commit_readings')
    .values({ ...known, passed: 0, known_tip: 'a'.repeat(40), git_failures: 0 })
    .execute()
}

type Act = (db: Database) => Promise<void>

const anyInstant = fc
  .integer({ min: -5, max: 11 * 7 * 24 })
  .map((hours) => new Date(weekAfter(week47, -10).from.getTime() + hours * 3_600_000))
const anyAccount = fc.constantFrom(...dwellers.map(({ id }) => id))
const anySignature = fc.constantFrom('lab', 'home', 'uni')
const anyOverrides = fc.constantFrom(
  nobodySpecial,
  { ...nobodySpecial, bots: ['newcomer-a'] },
  { ...nobodySpecial, humans: ['dependabot[bot]'], insiders: ['newcomer-b'] },
)
const anyWeek = fc.constantFrom(week47, week47, weekAfter(week47, -1), honolulu, fromSunday)

/** What happens besides facts and threads. */
const anyOtherAct: fc.Arbitrary<Act> = fc.oneof(
  fc
    .record({ signature: anySignature, instant: anyInstant, sha: fc.integer({ min: 0, max: 5 }) })
    .map(
      ({ signature, instant, sha }): Act =>
        async (db) => {
          const fact = {
            ...{
              kind: 'commit.authored' as const,
              repositoryId,
              key: `sha-${sha}`,
              occurredAt: instant,
            },
            ...{ accountId: null, signature, thread: null, detail: {} },
          } as const
          await tell(db, {
            facts: [fact],
            signatures: [{ hash: signature, domain: null, human: true }],
          })
        },
    ),
  fc.record({ account: anyAccount, inside: fc.boolean(), instant: anyInstant }).map(
    ({ account, inside, instant }): Act =>
      async (db) =>
        await tell(db, {
          associations: [{ repositoryId, accountId: account, inside, seenAt: instant }],
        }),
  ),
  fc.record({ account: anyAccount, signature: anySignature, here: fc.boolean() }).map(
    ({ account, signature, here }): Act =>
      async (db) =>
        await tell(db, {
          evidence: [`signature:${signature}`, `account:${account}`].map((member) => ({
            member: member as `account:${number}`, // as: or a signature, which is a member too
            ...{ repositoryId: here ? repositoryId : null, by: 'account', value: `${account}` },
          })),
        }),
  ),
  fc
    .record({ one: anyAccount, other: anyAccount })
    .filter(({ one, other }) => one !== other)
    .map(
      ({ one, other }): Act =>
        async (db) => {
          const value = `account:${one} account:${other}`
          await tell(db, {
            evidence: [one, other].map((id) => ({
              ...{
                repositoryId: null,
                member: `account:${id}` as const,
                by: 'person' as const,
                value,
              },
            })),
          })
        },
    ),
  fc.record({ account: anyAccount, signature: anySignature }).map(
    ({ account, signature }): Act =>
      async (db) =>
        await db.transaction().execute(async (trx) => {
          await keepApart(trx, [`account:${account}`, `signature:${signature}`], seenAt)
        }),
  ),
  fc.record({ account: anyAccount, isBot: fc.boolean(), instant: anyInstant }).map(
    ({ account, isBot, instant }): Act =>
      async (db) =>
        await tell(db, {
          accounts: [
            {
              ...{ id: account, login: `renamed-${account}`, seenAt: instant },
              type: isBot ? 'Bot' : 'User',
            },
          ],
        }),
  ),
  anySignature.map(
    (hash): Act =>
      async (db) =>
        await tell(db, { signatures: [{ hash, domain: null, human: false }] }),
  ),
)

const canBeTakenBack = ({ kind }: { kind: FactKind }) =>
  /comment\.created$|^star|^issues\.opened$|^discussion\.created$/.test(kind)

/** A made-up project told in any order and partly twice, some of it taken back, while digests are read. */
const anyCourse: fc.Arbitrary<Act[]> = anyWorld.chain(({ facts, threads }) => {
  const tellings = [
    ...facts.map(
      (fact): Act =>
        async (db) =>
          await tell(db, { facts: [{ ...fact, repositoryId }] }),
    ),
    // By an account that is deleted by then, and a day later.
    ...facts.slice(0, 3).map(
      (fact): Act =>
        async (db) => {
          const occurredAt = new Date(fact.occurredAt.getTime() + 30 * 3_600_000)
          await tell(db, { facts: [{ ...fact, repositoryId, accountId: null, occurredAt }] })
        },
    ),
    ...threads.flatMap((thread): Act[] => {
      const early = { ...thread, open: true, closedAt: null, draft: true, mergedAt: null }
      const opened = { ...early, updatedAt: thread.createdAt }
      return [opened, thread, thread].map(
        (state, index): Act =>
          async (db) =>
            await tell(db, {
              threads: [{ ...state, repositoryId, mergeSha: index === 2 ? 'sha-1' : null }],
            }),
      )
    }),
  ]
  const takingsBack = facts.filter(canBeTakenBack).map(
    ({ kind, key, thread }): Act =>
      async (db) =>
        await tell(db, {
          retractions: [
            {
              repositoryId,
              kind,
              key: kind === 'issues.opened' || kind === 'discussion.created' ? `${thread}` : key,
            },
          ],
        }),
  )
  const reading = fc.record({ week: anyWeek, overrides: anyOverrides }).map(
    ({ week, overrides }): Act =>
      async (db) => {
        await digestFromRollups(db, week, overrides)
      },
  )
  return fc
    .tuple(
      fc.shuffledSubarray(tellings, { minLength: tellings.length }),
      fc.shuffledSubarray([...tellings, ...takingsBack]),
      fc.array(anyOtherAct, { maxLength: 8 }),
      fc.array(reading, { minLength: 2, maxLength: 4 }),
    )
    .chain((acts) => {
      const all = acts.flat()
      return fc.shuffledSubarray(all, { minLength: all.length })
    })
})

describe('a digest from what is kept', () => {
  it('is the digest of the facts, whatever was told in whatever order between digests', async () => {
    const { db } = using.open
    await fc.assert(
      fc.asyncProperty(anyCourse, anyWeek, anyOverrides, async (course, week, overrides) => {
        await begin(db)
        for (const act of course) await act(db)
        expect(await digestFromRollups(db, week, overrides)).toEqual(
          await digestFromFacts(db, week, overrides),
        )
      }),
      { numRuns: Number(process.env.ROLLUP_RUNS ?? 12), interruptAfterTimeLimit: 60_000 },
    )
  })

  it('is the digest of the facts when they arrive while it is read', async () => {
    const { db } = using.open
    await fc.assert(
      fc.asyncProperty(anyWorld, async ({ facts, threads }) => {
        await begin(db)
        const tellings = [
          ...threads.map((thread) => ({ threads: [{ ...thread, repositoryId }] })),
          ...facts.map((fact) => ({ facts: [{ ...fact, repositoryId }] })),
        ].map(async (parts) => await tell(db, parts))
        const readings = [week47, weekAfter(week47, -1), week47, honolulu].map(
          async (week) => await digestFromRollups(db, week),
        )
        await Promise.all([...readings, ...tellings])
        for (const week of [week47, honolulu]) {
          expect(await digestFromRollups(db, week)).toEqual(await digestFromFacts(db, week))
        }
      }),
      { numRuns: 5, interruptAfterTimeLimit: 60_000 },
    )
  })

  it('is measured once a week, and again when something of before or of it is told', async () => {
    const { db } = using.open
    await begin(db)
    const measured: string[] = []
    const read = async () => {
      measured.length = 0
      const measure = (history: ProjectHistory, week: Window) => {
        measured.push(week.from.toISOString().slice(0, 10))
        return measuresOfEarlierWeek(history, week)
      }
      await weekInSeries(
        db,
        {
          ...{ repositoryId, week: week47, earlier: windowsBefore(week47, 8) },
          ...{ overrides: nobodySpecial, measuredBy: 'these metrics', measure },
        },
        (history) => ({ measures: measuresOfWeek(history, week47) }),
      )
      return measured.toSorted()
    }
    expect(await read()).toHaveLength(8)
    expect(await read()).toEqual([])
    const late = { ...comment, occurredAt: new Date('2026-11-05T12:00:00Z') }
    await tell(db, { facts: [late] })
    expect(await read()).toEqual(['2026-11-02', '2026-11-09'])
    await tell(db, { facts: [late] })
    expect(await read()).toEqual([])
  })
})

const comment = {
  ...{ kind: 'issue_comment.created' as const, repositoryId, key: 'comment', accountId: 1 },
  ...{ signature: null, thread: 1, detail: {}, occurredAt: new Date('2026-11-17T12:00:00Z') },
}

describe('a mark', () => {
  const marks = async (db: Database) => await db.selectFrom('stale').selectAll().execute()
  const rolled = { repositoryId, overrides: nobodySpecial }

  it('is left by what is new, and by no redelivery of it', async () => {
    const { db } = using.open
    await begin(db)
    await rollUp(db, rolled)
    expect(await marks(db)).toEqual([])
    const told = { facts: [comment], associations: [{ ...side, inside: true }] }
    await tell(db, told)
    expect((await marks(db)).length).toBeGreaterThan(0)
    await rollUp(db, rolled)
    await tell(db, told)
    await unsettleEverybody(db)
    await settlePeople(db)
    expect(await marks(db)).toEqual([])
  })

  it('is left by somebody changing sides from when they did, and by nobody staying on one', async () => {
    const { db } = using.open
    await begin(db)
    await tell(db, { associations: [{ ...side, inside: false }] })
    await rollUp(db, rolled)
    const later = new Date('2026-11-18T12:00:00Z')
    await tell(db, { associations: [{ ...side, inside: false, seenAt: later }] })
    expect(await marks(db)).toEqual([])
    await tell(db, { associations: [{ ...side, inside: true, seenAt: later }] })
    expect(await db.selectFrom('stale').select(sql`day::text`.as('day')).execute()).toEqual([
      { day: '2026-11-18' },
    ])
  })

  it('stays when whoever took it up is killed', async () => {
    const { db } = using.open
    await begin(db)
    await digestFromRollups(db, week47)
    await tell(db, { facts: [comment] })
    const before = await marks(db)
    const killed = db.transaction().execute(async (trx) => {
      await whenRolledUp(trx, rolled, async () => {
        throw new Error('killed')
      })
    })
    await expect(killed).rejects.toThrow('killed')
    expect(await marks(db)).toEqual(before)
    expect(await digestFromRollups(db, week47)).toEqual(await digestFromFacts(db, week47))
  })
})

const side = { repositoryId, accountId: 1, seenAt: new Date('2026-11-17T12:00:00Z') }
