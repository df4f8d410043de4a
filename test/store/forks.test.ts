import { describe, expect, it } from 'vitest'
import type { GitHub } from '../../src/sandbox/github.ts'
import { forkPaths } from '../../src/store/fork-paths.ts'
import { forkScanOf } from '../../src/store/fork-scans.ts'
import { forksWithWorkAt, keepWorkCount } from '../../src/store/fork-work-counts.ts'
import { keepForkWork } from '../../src/store/fork-works.ts'
import { eraseExpired } from '../../src/store/installations.ts'
import { hideAccount } from '../../src/store/people.ts'
import { untrack } from '../../src/store/repositories.ts'
import { useDatabase } from '../support/engine.ts'
import { forkedEngine, keptForks, keptHeads, keptStates } from '../support/forks.ts'
import { engine } from '../support/journey.ts'

const using = useDatabase()
const yearAgo = new Date('2025-11-16T09:00:00Z')

/** Forks the engine and pushes that many commits to it. */
async function forkWith(github: GitHub, owner: string, commits: number, branch?: string) {
  const { fullName } = await github.fork(engine, { owner })
  if (commits > 0) await pushTo(github, fullName, commits, branch)
  return fullName
}

async function pushTo(github: GitHub, fullName: string, commits: number, branch?: string) {
  const [by = ''] = fullName.split('/')
  const many = Array.from({ length: commits }, (_, nth) => ({ message: `${by} ${nth}` }))
  await github.push(fullName, { by, commits: many, ...(branch !== undefined && { branch }) })
}

const head = (full_name: string, ahead: number | null, behind: number | null, branch = 'main') =>
  expect.objectContaining({ full_name, branch, ahead, behind })

describe('a fork network', () => {
  it('is read whole, from both ends, with the work of those who pushed', async () => {
    const { github, root, scan } = await forkedEngine()
    const { db } = using.open
    github.addForkNetwork(engine, { from: yearAgo, direct: 450, pushedEvery: 16, forkedEvery: 33 })
    const { counts, points, requests } = await scan(db)
    expect(counts).toEqual({
      ForksFromBothEnds: 3,
      ForksOfForks: 1,
      ForkHeads: 2,
      ForkBranches: 1,
    })
    expect(points).toBe(requests)

    const kept = await keptForks(db)
    const network = github.world.repositories.filter(({ parent }) => parent !== null)
    expect(kept.map(({ fork_id }) => fork_id)).toEqual(network.map(({ id }) => id))
    expect(kept.filter(({ depth }) => depth === 2)).toHaveLength(13)
    const facts = await db.selectFrom('facts').select('key').where('kind', '=', 'fork').execute()
    const direct = root.forks.map(({ id }) => String(id))
    expect(facts.map(({ key }) => key).sort()).toEqual(direct.sort())
    expect(await forkScanOf(db, root.id)).toMatchObject({
      networkSize: 463,
      scannedAt: expect.any(Date),
      requests,
    })
  })

  it('is compared from the side of the forks: what they are ahead and behind by', async () => {
    const { github, pass, scan } = await forkedEngine()
    const { db } = using.open
    const plain = await forkWith(github, 'newcomer-a', 0)
    pass(1)
    await pushTo(github, plain, 2)
    const branched = await forkWith(github, 'newcomer-b', 0)
    const second = await github.fork(engine, { owner: 'newcomer-b', name: 'engine-1' })
    const sleeping = await forkWith(github, 'newcomer-c', 0)
    pass(1)
    await pushTo(github, branched, 3, 'rocm')
    await pushTo(github, second.fullName, 1)
    await github.push(engine, { by: 'mara', commits: [{}, {}, {}, {}] })
    await scan(db)
    expect(await keptHeads(db)).toEqual([
      head(plain, 2, 4),
      head(branched, 0, 4),
      head(branched, 3, 4, 'rocm'),
      head(second.fullName, 1, 4),
    ])
    expect(await keptStates(db)).toMatchObject({ [sleeping]: 'untouched' })
  })

  it('keeps nothing of private forks, and of people who asked not to be named', async () => {
    const { github, clock, scan } = await forkedEngine()
    const { db } = using.open
    const shown = await forkWith(github, 'newcomer-a', 0)
    const secret = await forkWith(github, 'newcomer-b', 0)
    await forkWith(github, 'newcomer-c', 0)
    const { id } = github.world.account('newcomer-c')
    await hideAccount(db, id, clock.now)
    await scan(db)
    expect((await keptForks(db)).map(({ full_name }) => full_name)).toEqual([shown, secret])

    clock.now = new Date(clock.now.getTime() + 1000)
    github.world.repository(secret).private = true
    await hideAccount(db, github.world.account('newcomer-a').id, clock.now)
    await scan(db)
    expect((await keptForks(db)).filter(({ gone_at }) => gone_at === null)).toEqual([])
    expect((await keptForks(db)).map(({ full_name }) => full_name)).not.toContain(shown)
  })

  it('knows forks again that are called otherwise, and says of those that are gone when', async () => {
    const { github, clock, pass, scan } = await forkedEngine()
    const { db } = using.open
    await forkWith(github, 'newcomer-a', 0)
    const deleted = await forkWith(github, 'newcomer-b', 0)
    const child = await github.fork(deleted, { owner: 'newcomer-c' })
    await scan(db)
    pass(24 * 7)
    github.world.account('newcomer-a').login = 'renamed-a'
    await github.renameRepository(`renamed-a/engine`, 'motor')
    await github.deleteRepository(deleted)
    await pushTo(github, 'renamed-a/motor', 1)
    await scan(db)
    const kept = await keptForks(db)
    expect(kept.map(({ full_name, depth, gone_at }) => [full_name, depth, gone_at])).toEqual([
      ['renamed-a/motor', 1, null],
      [deleted, 1, clock.now],
      [child.fullName, 1, null],
    ])
    expect(await keptHeads(db)).toEqual([head('renamed-a/motor', 1, 0)])
    expect(await keptStates(db)).toMatchObject({ [deleted]: 'gone' })
  })

  it('remembers the first push that was seen, and sees how far each fork came', async () => {
    const { github, clock, root, pass, scan } = await forkedEngine()
    const { db } = using.open
    const madeAt = clock.now
    const name = await forkWith(github, 'newcomer-a', 0)
    await forkWith(github, 'newcomer-b', 0)
    await scan(db)
    pass(24 * 3)
    await pushTo(github, name, 1)
    const pushedAt = clock.now
    pass(24)
    await scan(db, 'pushes')
    pass(24 * 30)
    await pushTo(github, name, 1)
    await scan(db)
    const made = await forkPaths(db, root.id, { from: madeAt, to: clock.now })
    expect(made.map((path) => [path.madeAt, path.pushedAt])).toEqual([
      [madeAt, pushedAt],
      [madeAt, null],
    ])
  })

  it('counts work since it was pushed, and not since somebody looked', async () => {
    const { github, clock, root, pass, scan } = await forkedEngine()
    const { db } = using.open
    const name = await forkWith(github, 'newcomer-a', 0)
    await scan(db)
    pass(24)
    await pushTo(github, name, 1)
    const pushedAt = clock.now
    pass(24)
    await scan(db)
    const [fork] = await keptForks(db)
    const place = { repositoryId: root.id, forkId: fork?.fork_id ?? 0 }
    const before = new Date(pushedAt.getTime() - 1)
    const counts = async () => [
      await forksWithWorkAt(db, root.id, before),
      await forksWithWorkAt(db, root.id, pushedAt),
      await forksWithWorkAt(db, root.id, clock.now),
    ]
    await keepWorkCount(db, place, { originalCommits: 1, at: clock.now })
    expect(await counts()).toEqual([0, 1, 1])
    // Upstream took it over, which was no push: it counts until that was seen.
    pass(24)
    await keepWorkCount(db, place, { originalCommits: 0, at: clock.now })
    expect(await counts()).toEqual([0, 1, 0])
  })

  it('knows of an earlier push by what was committed, though not before the fork was made', async () => {
    const { github, clock, root, pass, scan } = await forkedEngine()
    const { db } = using.open
    const madeAt = clock.now
    const [worked, copied] = [
      await forkWith(github, 'newcomer-a', 0),
      await forkWith(github, 'newcomer-b', 0),
    ]
    const asleep = await forkWith(github, 'newcomer-c', 0)
    pass(24 * 90)
    for (const name of [worked, copied]) await pushTo(github, name, 1)
    await scan(db)
    const told = { commits: [], subjects: [], paths: [], areas: [], authors: 1, contributors: 1 }
    const workedAt = new Date(madeAt.getTime() + 48 * 3_600_000)
    const first = { [worked]: workedAt, [copied]: yearAgo, [asleep]: yearAgo }
    for (const { fork_id: forkId, full_name } of await keptForks(db)) {
      const firstAt = first[full_name] ?? null
      const work = { ...told, originalCommits: 1, firstAt, lastAt: firstAt, writtenAt: [] }
      await keepForkWork(db, { repositoryId: root.id, forkId }, { work, at: clock.now })
    }
    await scan(db)
    const made = await forkPaths(db, root.id, { from: madeAt, to: clock.now })
    expect(made.map((path) => path.pushedAt)).toEqual([workedAt, madeAt, null])
  })

  it('is erased with its repository', async () => {
    const { github, clock, pass, root, scan } = await forkedEngine()
    const { db } = using.open
    await forkWith(github, 'newcomer-a', 0)
    await scan(db)
    pass(1)
    await untrack(db, root.id, clock.now)
    await eraseExpired(db, new Date(clock.now.getTime() + 1))
    expect(await keptForks(db)).toEqual([])
    expect(await forkScanOf(db, root.id)).toBeNull()
  })
})

describe('a batch of forks', () => {
  it('loses none for a fork that is deleted, a branch that is gone or a history that shares nothing', async () => {
    const { github, pass, want, step } = await forkedEngine()
    const { db } = using.open
    const names: string[] = []
    for (const letter of ['a', 'b', 'c', 'd', 'e']) {
      names.push(await forkWith(github, `newcomer-${letter}`, 0))
    }
    const [plain = '', deleted = '', emptied = '', alien = '', last = ''] = names
    pass(1)
    for (const name of names) await pushTo(github, name, 1)
    await github.push(alien, { by: 'newcomer-d', onto: null, commits: [{}, {}] })
    await want(db, 'whole')
    await step(db)
    await github.deleteRepository(deleted)
    github.world.repository(emptied).branches.delete('main')
    while (await step(db)) {
      // until nothing is left
    }
    expect(await keptHeads(db)).toEqual([
      head(plain, 1, 0),
      head(alien, null, null),
      head(last, 1, 0),
    ])
    const kept = await keptForks(db)
    expect(kept.filter(({ gone_at }) => gone_at !== null).map((fork) => fork.full_name)).toEqual([
      deleted,
    ])
    expect(kept.filter(({ problem }) => problem !== null)).toEqual([])
  })

  it('is asked for in smaller parts where GitHub cannot answer, from the same place on', async () => {
    const { github, scan } = await forkedEngine()
    const { db } = using.open
    github.addForkNetwork(engine, { from: yearAgo, direct: 250, pushedEvery: 5, forkedEvery: 10 })
    github.fail({ path: /^\/graphql$/, status: 502, times: 2 })
    const { counts } = await scan(db)
    expect(await keptForks(db)).toHaveLength(275)
    expect(await keptHeads(db)).not.toHaveLength(0)
    // 100, 50 and then 25 from either end, which grow again
    expect(counts.ForksFromBothEnds).toBe(6)
  })

  it('goes on without a fork that GitHub fails to answer for again and again', async () => {
    const { github, pass, scan } = await forkedEngine()
    const { db } = using.open
    const names: string[] = []
    for (const letter of ['a', 'b', 'c', 'd']) {
      names.push(await forkWith(github, `newcomer-${letter}`, 0))
    }
    pass(1)
    for (const name of names) await pushTo(github, name, 1)
    const [, broken = ''] = names
    github.breakComparison(broken)
    await scan(db)
    expect((await keptHeads(db)).map(({ full_name }) => full_name)).toEqual(
      names.filter((name) => name !== broken),
    )
    const troubled = (await keptForks(db)).filter(({ problem }) => problem !== null)
    expect(troubled.map(({ full_name }) => full_name)).toEqual([broken])
  })
})

describe('a scan', () => {
  it('that is killed anywhere goes on, and ends as one that was not', async () => {
    const { github, want, step, root } = await forkedEngine()
    const { db } = using.open
    github.addForkNetwork(engine, { from: yearAgo, direct: 250, pushedEvery: 5, forkedEvery: 10 })
    await want(db, 'whole')
    let more = true
    while (more) {
      await expect(step(db, { killed: true })).rejects.toThrow('Killed')
      more = await step(db)
      expect((await forkScanOf(db, root.id))?.scannedAt === null).toBe(more)
    }
    expect(await keptForks(db)).toHaveLength(275)
    const unread = (await keptForks(db)).filter(
      ({ pushed_at, created_at, heads_of }) =>
        pushed_at !== null && pushed_at > created_at && heads_of === null,
    )
    expect(unread).toEqual([])
  })

  it('of a day asks for what was pushed to alone, and for nothing on a quiet one', async () => {
    const { github, pass, root, scan } = await forkedEngine()
    const { db } = using.open
    github.addForkNetwork(engine, { from: yearAgo, direct: 250, pushedEvery: 5, forkedEvery: 10 })
    await scan(db)
    pass(24)
    expect((await scan(db, 'pushes')).counts).toEqual({ ForksByPush: 1 })
    pass(12)
    const [, fork] = root.forks
    const name = `${fork?.owner.login}/engine`
    await pushTo(github, name, 2)
    await github.fork(engine, { owner: 'newcomer-a' })
    pass(12)
    expect((await scan(db, 'pushes')).counts).toEqual({ ForksByPush: 1, ForkHeads: 1 })
    expect(await keptHeads(db)).toContainEqual(head(name, 2, 0))
    const known = (await keptForks(db)).map(({ full_name }) => full_name)
    expect(known).toContain('newcomer-a/engine')
  })

  it('meets itself where forks of one second lie, and loses none', async () => {
    const { github, scan } = await forkedEngine()
    const { db } = using.open
    for (let nth = 0; nth < 260; nth += 1) {
      github.addRepository(`forker-${nth}`, 'engine', { parent: engine, createdAt: yearAgo })
    }
    await scan(db)
    expect(await keptForks(db)).toHaveLength(260)
  })
})
