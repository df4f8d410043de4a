import { describe, expect, it } from 'vitest'
import { forkNetworkOf } from '../../jobs/fork-network.ts'
import { weekAfter, weekOf } from '../../src/metrics/window.ts'
import { newlyActive } from '../../src/report/digest-forks.ts'
import type { GitHub } from '../../src/sandbox/github.ts'
import { forkScanOf } from '../../src/store/fork-scans.ts'
import { hideAccount } from '../../src/store/people.ts'
import { parkedWork } from '../../src/store/work.ts'
import { keptForks, keptHeads, keptStates } from '../support/forks.ts'
import { engine, journey } from '../support/journey.ts'

type Journey = Awaited<ReturnType<typeof journey>>

const file = (filename: string) => ({ files: [{ filename }] })

/** Forks that live differently, and an upstream that goes on meanwhile. */
async function livedThrough(github: GitHub, clock: { now: Date }): Promise<void> {
  const hour = async () => {
    await github.settled()
    clock.now = new Date(clock.now.getTime() + 3_600_000)
  }
  const fork = async (owner: string) => (await github.fork(engine, { owner })).fullName
  await github.push(engine, { by: 'mara', commits: [file('src/a.py'), file('src/b.py')] })
  for (const owner of ['sleeper', 'patcher', 'offerer', 'rewriter', 'brancher', 'follower']) {
    await fork(owner)
  }
  await hour()
  await github.push('patcher/engine', { by: 'patcher', commits: [file('kernels/rocm/x.cu')] })
  await github.push('patcher/engine', { by: 'patcher', commits: [file('kernels/rocm/y.cu')] })
  await github.push('rewriter/engine', {
    by: 'rewriter',
    onto: null,
    commits: [file('other.md'), {}],
  })
  const onBranch = { by: 'brancher', branch: 'gaudi', commits: [file('kernels/gaudi/z.cu')] }
  await github.push('brancher/engine', onBranch)
  const { number } = await github.openPullRequest(engine, {
    author: 'offerer',
    headRepository: 'offerer/engine',
    branch: 'fix',
    files: [{ filename: 'src/c.py' }],
    commits: [file('src/c.py')],
  })
  await hour()
  await github.mergePullRequest(engine, number, { by: 'mara', method: 'squash' })
  await github.push(engine, { by: 'mara', commits: [file('src/d.py')] })
  const followed = github.world.repository('follower/engine')
  followed.branches.set('main', github.world.repository(engine).branches.get('main') ?? '')
  followed.pushedAt = clock.now
  await hour()
}

const forked = (env: Record<string, string> = {}) => journey({ env, before: livedThrough })

const idOf = ({ github }: Journey) => github.world.repository(engine).id

const asked = ({ github }: Journey, what: RegExp) =>
  github.requests.filter(({ operation }) => what.test(operation ?? '')).length

/** GitHub's git answers nobody from here. */
const blockGit = ({ github }: Journey) =>
  github.fail({ path: /\/info\/refs$/, status: 403, times: 1000 })

/** The first look at the forks comes by itself, once the history is read. */
const scanned = (run: Journey) => run.idle()

const counts = async ({ app }: Journey) =>
  (await keptHeads(app.deps.db)).map(({ full_name, branch, ahead, behind }) => [
    full_name,
    branch,
    ahead,
    behind,
  ])

describe('a fork network', () => {
  it('is known when the history is read: compared by git, and each fork is called what it is', async () => {
    const run = await forked()
    await scanned(run)
    const { db } = run.app.deps
    expect(await keptStates(db)).toEqual({
      'sleeper/engine': 'untouched',
      'patcher/engine': 'patched',
      'offerer/engine': 'contributing',
      'rewriter/engine': 'unrelated',
      'brancher/engine': 'patched',
      'follower/engine': 'mirror',
    })
    const heads = await keptHeads(db)
    expect(new Set(heads.map(({ lane }) => lane))).toEqual(new Set(['git']))
    expect(asked(run, /^ForkBranches/)).toBe(0)
    const works = await db
      .selectFrom('fork_works')
      .innerJoin('forks', 'forks.fork_id', 'fork_works.fork_id')
      .select(['full_name', 'original_commits', 'areas', 'authors'])
      .where('original_commits', '>', 0)
      .orderBy('full_name')
      .execute()
    expect(works).toEqual([
      {
        full_name: 'brancher/engine',
        original_commits: 1,
        areas: ['kernels/gaudi/'],
        authors: 1,
      },
      { full_name: 'patcher/engine', original_commits: 2, areas: ['kernels/rocm/'], authors: 1 },
      { full_name: 'rewriter/engine', original_commits: 2, areas: [], authors: 1 },
    ])
    expect(await forkScanOf(db, idOf(run))).toMatchObject({ failure: null, gitFailure: null })
    expect(await parkedWork(db, 10)).toEqual([])
  })

  it('is told of in an answer, and those who asked not to be named are not in it', async () => {
    const run = await forked()
    const { db } = run.app.deps
    const { number } = await run.github.openIssue(engine, { author: 'mara' })
    const ask = async () => {
      await run.github.comment(engine, number, { author: 'mara', body: '/groundswell forks' })
      await run.idle()
      return run.ownComments(number).at(-1)
    }
    await scanned(run)
    const answer = await ask()
    expect(answer).toContain('**The fork network holds 6**')
    expect(answer).toContain(
      `/${engine}/compare/main...patcher:engine:main) | 2 | \`kernels/rocm/\``,
    )
    expect(answer).toContain(`/${engine}/compare/main...brancher:engine:gaudi) | 1 |`)
    expect(answer).not.toContain('rewriter')
    await hideAccount(db, run.github.world.account('patcher').id, run.clock.now)
    expect(await ask()).not.toContain('patcher')
    expect(await parkedWork(db, 10)).toEqual([])
  })

  it('is told of week by week: what is new of its work, and what came of forks that had some', async () => {
    const run = await forked()
    await scanned(run)
    const { db } = run.app.deps
    const from = run.clock.now
    const asked = () => {
      const { id, name } = run.github.world.repository(engine)
      const window = { from, to: run.clock.now }
      const week = weekAfter(weekOf(run.clock.now, { zone: 'UTC', start: 'monday' }), -1)
      return forkNetworkOf({ id, name }, { window, week }, { db })
    }
    await run.pass(24)
    const push = (name: string, files: ReturnType<typeof file>[]) =>
      run.github.push(`${name}/engine`, { by: name, commits: files })
    await push('sleeper', [file('kernels/npu/a.cu'), file('kernels/npu/b.cu')])
    await push('patcher', [file('kernels/rocm/z.cu')])
    await run.github.deleteRepository('brancher/engine')
    await run.pass(24 * 6)
    await run.tick('schedule-forks')
    const report = await asked()
    expect(report?.work.map((work) => [work.fullName, work.newCommits, work.state])).toEqual([
      ['patcher/engine', 1, 'patched'],
      ['sleeper/engine', 2, 'patched'],
    ])
    expect(report).toMatchObject({ withWork: 2, isWorkBeforeKnown: true, made: 0 })
    expect(report && newlyActive(report)).toBe(1)
    expect(report?.work[1]?.pushedAt).toEqual(new Date(from.getTime() + 24 * 3_600_000))
    expect(await parkedWork(db, 10)).toEqual([])
  })

  it('is told alike by git and by the API', async () => {
    const run = await forked()
    await scanned(run)
    const { db } = run.app.deps
    const byGit = await counts(run)
    expect(byGit.length).toBeGreaterThan(5)
    await db.deleteFrom('fork_heads').execute()
    await db.updateTable('forks').set({ heads_of: null }).execute()
    blockGit(run)
    await run.pass(24 * 7)
    await run.tick('schedule-forks')
    const heads = await keptHeads(db)
    expect(new Set(heads.map(({ lane }) => lane))).toEqual(new Set(['api']))
    const rewritten = (row: (string | number | null)[]) => row[0] === 'rewriter/engine'
    expect((await counts(run)).filter((row) => !rewritten(row))).toEqual(
      byGit.filter((row) => !rewritten(row)),
    )
    expect((await forkScanOf(db, idOf(run)))?.gitFailure).toContain('403')
  })

  it('costs one request on a quiet day, and what upstream did meanwhile is counted all the same', async () => {
    const run = await forked()
    await scanned(run)
    const before = run.github.requests.length
    await run.pass(23)
    await run.github.push(engine, { by: 'mara', commits: [{}, {}, {}] })
    await run.pass(1)
    await run.tick('schedule-forks')
    const made = run.github.requests.slice(before)
    expect(
      made.filter(({ path }) => path === '/graphql').map(({ operation }) => operation),
    ).toEqual(['ForksByPush'])
    expect(await counts(run)).toContainEqual(['patcher/engine', 'main', 2, 5])
  })

  it('takes a new fork from the webhook, for nothing', async () => {
    const run = await journey()
    await run.idle()
    const before = run.github.requests.length
    await run.github.fork(engine, { owner: 'newcomer-a' })
    await run.idle()
    expect(await keptForks(run.app.deps.db)).toEqual([
      expect.objectContaining({ full_name: 'newcomer-a/engine', depth: 1, description: null }),
    ])
    expect(run.github.requests.slice(before)).toEqual([])
  })

  it('of a repository that GitHub shows no more ends, and says why', async () => {
    const run = await forked()
    await run.idle()
    const { world } = run.github
    const root = world.repository(engine)
    world.remove(root)
    await run.pass(24)
    await run.tick('schedule-forks')
    const scan = await forkScanOf(run.app.deps.db, root.id)
    expect(scan).toMatchObject({
      startedAt: null,
      failure: expect.stringContaining('NOT_FOUND'),
    })
    expect(await parkedWork(run.app.deps.db, 10)).toEqual([])
  })
})
