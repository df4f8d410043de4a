import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCommits } from '../../jobs/read-commits.ts'
import { carryOut } from '../../src/cli/commands.ts'
import { Later } from '../../src/queue.ts'
import type { GitHub } from '../../src/sandbox/github.ts'
import {
  commitReadingOf,
  forgetCommitReading,
  wantCommits,
} from '../../src/store/commit-readings.ts'
import { parkedWork } from '../../src/store/work.ts'
import { health } from '../../src/web/health.ts'
import { engine, journey } from '../support/journey.ts'

type Journey = Awaited<ReturnType<typeof journey>>

const hourMs = 3_600_000

/** Commits of all kinds, an hour between them, each told before the next. */
async function pastOf(
  github: GitHub,
  clock: { now: Date },
  hours: number,
  told: () => Promise<void> = () => github.settled(),
): Promise<void> {
  const stranger = { name: 'Ünal', email: 'U@Lab.dev' }
  for (let hour = 0; hour < hours; hour += 1) {
    await told()
    clock.now = new Date(clock.now.getTime() + hourMs)
    const files = [{ filename: `src/part-${hour % 5}/file.py` }, { filename: 'README.md' }]
    const author = hour % 3 === 0 ? stranger : 'mara'
    const message = `Change ${hour}\n\nCo-authored-by: Claude <noreply@anthropic.com>`
    const commit = { author, committer: 'tomasz', files, message }
    if (hour % 5 > 0) {
      await github.push(engine, { by: 'mara', commits: [commit, { coAuthors: ['ines'] }] })
      continue
    }
    const given = { author: 'newcomer-a', commits: [commit] }
    const { number } = await github.openPullRequest(engine, given)
    const method = hour % 2 === 0 ? 'merge' : 'squash'
    await github.mergePullRequest(engine, number, { by: 'mara', method })
  }
}

const withPast = (hours: number, env: Record<string, string> = {}) =>
  journey({ env, before: (github, clock) => pastOf(github, clock, hours) })

const idOf = ({ github }: Journey) => github.world.repository(engine).id

async function commitFacts({ app }: Journey) {
  return await app.deps.db
    .selectFrom('facts')
    .select(['kind', 'key', 'occurred_at', 'account_id', 'signature', 'detail'])
    .where('kind', 'in', ['commit.authored', 'commit.coauthored'])
    .orderBy('kind')
    .orderBy('key')
    .execute()
}

async function knownShas(run: Journey): Promise<string[]> {
  const facts = await commitFacts(run)
  return facts.flatMap(({ kind, key }) => (kind === 'commit.authored' ? [key] : [])).sort()
}

/** All that the default branch reaches. */
function reachable({ github }: Journey): string[] {
  const { branches, defaultBranch } = github.world.repository(engine)
  return [...github.world.ancestry(branches.get(defaultBranch))].sort()
}

async function reading(run: Journey) {
  const found = await commitReadingOf(run.app.deps.db, idOf(run))
  if (found === null) throw new Error('No reading was promised')
  return found
}

async function readAgain(run: Journey): Promise<void> {
  const { db, queue } = run.app.deps
  await wantCommits(db, idOf(run), run.clock.now)
  await queue.enqueue([{ name: 'read-commits', key: String(idOf(run)) }])
  await run.idle()
}

async function forgetAll(run: Journey): Promise<void> {
  const { db } = run.app.deps
  await db
    .deleteFrom('facts')
    .where('kind', 'like', 'commit.%' as never)
    .execute()
  await forgetCommitReading(db, idOf(run))
}

const asked = ({ github }: Journey, what: RegExp) =>
  github.requests.filter(({ operation }) => what.test(operation ?? '')).length

/** GitHub's git answers nobody from here. */
const blockGit = ({ github }: Journey) =>
  github.fail({ path: /\/info\/refs$/, status: 403, times: 1000 })

/** What happens now is told by no webhook. */
const unheard = ({ github }: Journey, times = 1) => github.failDeliveries(times)

describe('commits from before the installation', () => {
  it('are known on its day, for nothing, and status says how far back', async () => {
    const run = await withPast(12)
    await run.idle()
    expect(await knownShas(run)).toEqual(reachable(run))
    const first = new Date('2026-11-16T09:00:00Z')
    expect(await reading(run)).toMatchObject({ reachedTo: first, tip: null, failure: null })
    expect((await health(run.app.deps)).commits).toEqual({ open: 0, finished: 1, ended: 0 })
    expect(asked(run, /^Commit/)).toBe(0)

    const { number } = await run.github.openIssue(engine, { author: 'mara' })
    await run.github.comment(engine, number, { author: 'mara', body: '/groundswell status' })
    await run.idle()
    expect(run.ownComments(number).join()).toContain(
      'All commits of the default branch are known, back to 16 November 2026.',
    )
    expect(await parkedWork(run.app.deps.db, 10)).toEqual([])
  })

  it('are the same facts as told by webhooks, and as told by the API but for the areas', async () => {
    const run = await withPast(0)
    await run.idle()
    const fetches = asked(run, /^git info/)
    await pastOf(run.github, run.clock, 11, run.idle)
    await run.idle()
    const byWebhooks = await commitFacts(run)
    expect(byWebhooks.length).toBeGreaterThan(25)
    expect(asked(run, /^git info/)).toBe(fetches)

    await forgetAll(run)
    await readAgain(run)
    expect(await commitFacts(run)).toEqual(byWebhooks)

    await forgetAll(run)
    blockGit(run)
    await readAgain(run)
    const withoutAreas = byWebhooks.map(({ detail: { areas, ...detail }, ...fact }) => ({
      ...fact,
      detail,
    }))
    expect(await commitFacts(run)).toEqual(withoutAreas)
    expect(asked(run, /^CommitHistory/)).toBe(1)
  })
})

describe('reading them goes on', () => {
  it('where it was killed, again and again', async () => {
    const run = await journey({
      before: async (github) => {
        const commits = Array.from({ length: 1300 }, (_, index) => ({ message: `${index}` }))
        await github.push(engine, { by: 'mara', commits })
      },
    })
    await run.idle()
    const calm = await commitFacts(run)
    await forgetAll(run)

    const { deps } = run.app
    const repositoryId = idOf(run)
    for (const limit of [100, 400, 300, 600]) {
      let left = limit
      const hashEmail = (address: string) => {
        left -= 1
        if (left < 0) throw new Error('Killed')
        return deps.hashEmail(address)
      }
      await expect(readCommits({ repositoryId }, { ...deps, hashEmail })).rejects.toThrow('Killed')
    }
    const { passed, tip } = await reading(run)
    expect(passed).toBeGreaterThan(990)
    expect(tip).toBe(run.github.world.repository(engine).branches.get('main'))
    expect(await knownShas(run)).toHaveLength(passed)
    const whole = async () => {
      await readCommits({ repositoryId }, deps).catch(async (error: unknown) => {
        if (!(error instanceof Later)) throw error
        await whole()
      })
    }
    await whole()
    expect(await commitFacts(run)).toEqual(calm)
  })

  it('with what is new alone, when nobody told of it', async () => {
    const run = await withPast(20)
    await run.idle()
    const { deps } = run.app
    unheard(run)
    await run.github.push(engine, { by: 'mara', commits: [{}, {}, {}] })
    let hashed = 0
    const hashEmail = (address: string) => {
      hashed += 1
      return deps.hashEmail(address)
    }
    await readCommits({ repositoryId: idOf(run) }, { ...deps, hashEmail })
    expect(await knownShas(run)).toEqual(reachable(run))
    expect(hashed).toBe(3)
  })

  it('when a push begins where nobody told of, and not with every push', async () => {
    const run = await withPast(2)
    await run.idle()
    const before = asked(run, /^git info/)
    await run.github.push(engine, { by: 'mara' })
    await run.idle()
    expect(asked(run, /^git info/)).toBe(before)
    unheard(run)
    await run.github.push(engine, { by: 'mara' })
    await run.github.push(engine, { by: 'mara' })
    await run.idle()
    expect(await knownShas(run)).toEqual(reachable(run))
    expect(asked(run, /^git info/)).toBe(before + 1)
  })

  it('after a connection that was lost twice, and still by git', async () => {
    const run = await journey({
      before: async (github, clock) => {
        await pastOf(github, clock, 10)
        github.fail({ path: /git-upload-pack$/, method: 'POST', status: 'cut', times: 1 })
        github.fail({ path: /\/info\/refs$/, status: 502, times: 1 })
      },
    })
    await run.idle()
    expect(await knownShas(run)).toEqual(reachable(run))
    expect(await reading(run)).toMatchObject({ gitFailures: 0, gitFailure: null })
    expect(asked(run, /^CommitHistory/)).toBe(0)
  })

  it('in a mirror that was lost, or is damaged', async () => {
    const run = await withPast(5)
    await run.idle()
    const mirror = join(run.environment.dataDirectory, 'git', `${idOf(run)}.git`)
    rmSync(mirror, { recursive: true })
    unheard(run, 2)
    await run.github.push(engine, { by: 'mara' })
    await readAgain(run)
    expect(await knownShas(run)).toEqual(reachable(run))

    await run.github.push(engine, { by: 'mara' })
    rmSync(join(mirror, 'objects'), { recursive: true })
    await readAgain(run)
    expect(await knownShas(run)).toEqual(reachable(run))
  })
})

describe('a default branch', () => {
  it('that was pushed by force brings what is new, and what was counted stays', async () => {
    const run = await withPast(6)
    await run.idle()
    const before = await knownShas(run)
    const [start = ''] = [...run.github.world.commits.keys()]
    unheard(run)
    await run.github.push(engine, { by: 'mara', onto: start, commits: [{}, {}] })
    await readAgain(run)
    const known = await knownShas(run)
    expect(known).toEqual([...new Set([...before, ...reachable(run)])].sort())
    expect(known).toHaveLength(before.length + 2)
  })

  it('may be called otherwise, and GitHub may not have said so', async () => {
    const run = await withPast(3)
    await run.idle()
    unheard(run, 2)
    await run.github.renameDefaultBranch(engine, 'trunk')
    await run.github.push(engine, { by: 'mara' })
    await readAgain(run)
    expect(await knownShas(run)).toEqual(reachable(run))
  })

  it('may have several beginnings', async () => {
    const run = await withPast(1)
    await run.idle()
    unheard(run)
    await run.github.push(engine, { by: 'mara', onto: null, commits: [{}, {}] })
    blockGit(run)
    await readAgain(run)
    expect(await knownShas(run)).toEqual(expect.arrayContaining(reachable(run)))
    expect(await reading(run)).toMatchObject({ failure: null })
  })

  it('may not be there yet', async () => {
    const run = await journey({
      before: async (github) => {
        github.addRepository('example-lab', 'empty', { empty: true })
      },
    })
    await run.idle()
    const { id } = run.github.world.repository('example-lab/empty')
    const { db } = run.app.deps
    expect(await commitReadingOf(db, id)).toMatchObject({ reachedTo: null, failure: null })
    await run.github.push('example-lab/empty', { by: 'mara' })
    await run.idle()
    expect(await commitReadingOf(db, id)).toMatchObject({ reachedTo: run.clock.now })
  })
})

describe('where git cannot reach', () => {
  it.each([
    ['it is not installed', { env: { PATH: '/nowhere' }, refs: null }],
    ['GitHub’s git refuses', { env: {}, refs: 403 }],
    ['the network is dead', { env: {}, refs: 'drop' }],
  ] as const)('because %s, the API tells the same commits', async (_, { env, refs }) => {
    const run = await journey({
      env,
      before: async (github, clock) => {
        await pastOf(github, clock, 10)
        if (refs !== null) github.fail({ path: /\/info\/refs$/, status: refs, times: 1000 })
      },
    })
    await run.idle()
    expect(await knownShas(run)).toEqual(reachable(run))
    const { gitFailure, reachedTo } = await reading(run)
    expect(gitFailure).toMatch(/^git could not fetch: /)
    expect(reachedTo).toEqual(new Date('2026-11-16T09:00:00Z'))
    expect(asked(run, /^CommitHistory/)).toBe(1)

    unheard(run)
    await run.github.push(engine, { by: 'mara', commits: [{}, {}] })
    await readAgain(run)
    expect(await knownShas(run)).toEqual(reachable(run))
    expect([asked(run, /^CommitHistory/), asked(run, /compare/)]).toEqual([1, 1])
    const spent = (await health(run.app.deps)).github?.spent ?? []
    expect(spent.map(({ purpose }) => purpose)).toContain('commits')
  })

  it('and back again, in the middle of it', async () => {
    const run = await journey({
      before: async (github) => {
        const commits = Array.from({ length: 2300 }, () => ({}))
        await github.push(engine, { by: 'mara', commits })
      },
    })
    await run.idle()
    await forgetAll(run)
    blockGit(run)
    const { deps } = run.app
    await expect(readCommits({ repositoryId: idOf(run) }, deps)).rejects.toThrow('turn')
    expect(await knownShas(run)).toHaveLength(2000)
    run.github.clearFaults()
    await readAgain(run)
    expect(await knownShas(run)).toEqual(reachable(run))
    expect(asked(run, /^CommitHistory/)).toBe(20)
  })
})

describe('a repository that cannot be read', () => {
  const status = async (run: Journey) => {
    const { number } = await run.github.openIssue(engine, { author: 'mara' })
    await run.github.comment(engine, number, { author: 'mara', body: '/groundswell status' })
    await run.idle()
    return run.ownComments(number).join()
  }

  it('since the App may not read its contents is noted, and left', async () => {
    const run = await withPast(3)
    await run.idle()
    const [installation] = run.github.world.installations
    if (installation === undefined) throw new Error('The App is installed')
    installation.permissions = { issues: 'write', metadata: 'read' }
    await readAgain(run)
    expect(await reading(run)).toMatchObject({
      failure: expect.stringMatching(/^422 .*permissions/),
      reachedTo: expect.any(Date),
    })
    expect((await health(run.app.deps)).commits).toEqual({ open: 0, finished: 0, ended: 1 })
    expect(await status(run)).toContain('GitHub does not show the commits to the App')
    const before = run.github.requests.length
    await run.tick('sweep')
    expect(run.github.requests.length).toBe(before)
    expect(await parkedWork(run.app.deps.db, 10)).toEqual([])

    installation.permissions = run.github.app.permissions
    await readAgain(run)
    expect(await reading(run)).toMatchObject({ failure: null })
  })

  it('since it is gone is noted, and its mirror goes with the rest', async () => {
    const run = await withPast(3)
    await run.idle()
    const id = idOf(run)
    const mirror = join(run.environment.dataDirectory, 'git', `${id}.git`)
    expect(existsSync(mirror)).toBe(true)
    unheard(run)
    await run.github.deleteRepository(engine)
    const { db, queue } = run.app.deps
    await wantCommits(db, id, run.clock.now)
    await queue.enqueue([{ name: 'read-commits', key: String(id) }])
    await run.idle()
    expect(await commitReadingOf(db, id)).toMatchObject({ failure: expect.any(String) })
    expect(await parkedWork(db, 10)).toEqual([])

    await run.pass(1)
    await run.tick('sync-installations')
    await run.pass(31 * 24)
    await run.tick('housekeep')
    expect(existsSync(mirror)).toBe(false)
    expect(await commitReadingOf(db, id)).toBeNull()
  })
})

describe('the command', () => {
  const ask = ({ app }: Journey, again: boolean) =>
    carryOut({ command: 'backfill', of: engine, again, step: 'begin' }, app.deps)

  it('reads them at once, and all of them once more where that is asked for', async () => {
    const run = await withPast(8)
    await run.idle()
    const before = await commitFacts(run)
    await run.app.deps.db.deleteFrom('facts').execute()
    const { text } = await ask(run, false)
    expect(text).toContain('Commits: all, back to 2026-11-16.')
    expect(await commitFacts(run)).toEqual([])
    const again = await ask(run, true)
    expect(again.data).toMatchObject({ done: true, commits: { failure: null } })
    expect(await commitFacts(run)).toEqual(before)
  })

  it('says where they came from if not from git', async () => {
    const run = await withPast(3, { PATH: '/nowhere' })
    await run.idle()
    expect((await ask(run, true)).text).toContain('They came through the API')
  })
})

it('a token is in nothing that is logged or kept', async () => {
  const run = await withPast(3, { LOG_LEVEL: 'trace' })
  await run.idle()
  blockGit(run)
  await readAgain(run)
  const secret = /ghs_\w|eC1hY2Nlc3MtdG9rZW4/
  expect(run.logged.join('')).toContain('git cannot read the commits')
  expect(run.logged.join('')).not.toMatch(secret)
  const folder = join(run.environment.dataDirectory, 'git')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => statSync(name).isFile())
  expect(files.length).toBeGreaterThan(3)
  for (const name of files) expect(readFileSync(name, 'latin1')).not.toMatch(secret)
  const rows = await run.app.deps.db.selectFrom('commit_readings').selectAll().execute()
  expect(JSON.stringify(rows)).not.toMatch(secret)
})
