import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { forksOfRepository } from '../../src/cli/forks-of-repository.ts'
import { renderForkComparison } from '../../src/report/fork-comparison.ts'
import { ForkComparison } from '../../src/report/json/forks.ts'
import { type Database, openEmbedded } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrations/index.ts'
import { double } from '../sandbox/double.ts'
import { emptyDatabase } from '../support/engine.ts'
import { engine, exampleGitHub } from '../support/journey.ts'
import { outputOf } from './output-of.ts'

afterEach(() => void vi.unstubAllEnvs())

/** One for all, since starting one takes longer than any command. */
const open = await openEmbedded(null)
beforeAll(async () => await migrate(open.db))
afterAll(async () => await open.close())

async function withStore<Result>(work: (db: Database) => Promise<Result>): Promise<Result> {
  await emptyDatabase(open)
  return await work(open.db)
}

const file = (filename: string) => ({ files: [{ filename }] })

/** A network whose forks live differently, and how to ask about it. */
async function network() {
  const clock = { now: new Date('2026-11-16T09:00:00Z') }
  const { github, contract } = await exampleGitHub(() => clock.now)
  onTestFinished(async () => {
    await github.close()
    expect(contract.violations).toEqual([])
  })
  const pass = () => {
    clock.now = new Date(clock.now.getTime() + 3_600_000)
  }
  await github.push(engine, { by: 'mara', commits: [file('src/a.py'), file('src/b.py')] })
  for (const owner of ['sleeper', 'patcher', 'offerer', 'rewriter', 'brancher']) {
    await github.fork(engine, { owner })
  }
  await github.fork('sleeper/engine', { owner: 'grandchild' })
  pass()
  const rocm = [file('kernels/rocm/x.cu'), file('kernels/rocm/y.cu')]
  await github.push('patcher/engine', { by: 'patcher', commits: rocm })
  await github.push('rewriter/engine', { by: 'rewriter', onto: null, commits: [file('o.md'), {}] })
  await github.push('brancher/engine', {
    ...{ by: 'brancher', branch: 'gaudi', commits: [file('kernels/gaudi/z.cu')] },
  })
  await github.push('grandchild/engine', { by: 'grandchild', commits: [file('src/deep.py')] })
  const offer = { author: 'offerer', headRepository: 'offerer/engine', branch: 'fix' }
  await github.openPullRequest(engine, {
    ...offer,
    ...file('src/c.py'),
    commits: [file('src/c.py')],
  })
  pass()
  await github.push(engine, { by: 'mara', commits: [file('src/d.py')] })
  const reader = github.addToken('a-reader')
  const told: string[] = []
  const ask = async (
    asked: { of?: string; token?: string | null; limit?: number; which?: 'root' | 'this' } = {},
  ) => {
    const { of = engine, token = reader, limit = 300, which = null } = asked
    const [owner = '', name = ''] = of.split('/')
    const server = { host: github.host, apiUrl: `${github.url}/api/v3`, htmlUrl: github.url, token }
    const answer = await forksOfRepository(
      { owner, name, limit, which },
      {
        environment: { github: server, surroundings: { PATH: process.env.PATH } },
        now: clock.now,
        withStore,
        tell: (text, lasting) => {
          if (lasting) told.push(text)
        },
      },
    )
    const rows = JSON.parse(JSON.stringify(answer.forks))
    expect(ForkComparison.encode(ForkComparison.parse(rows))).toEqual(rows)
    return answer
  }
  return { github, clock, reader, ask, told }
}

const row = (name: string, ahead: number | null, behind: number | null, state: string | null) => ({
  ...{ name: `${name}/engine`, ahead, behind, state },
})
const shown = ({ forks }: { forks: ForkComparison }) =>
  forks.map(({ name, ahead, behind, state }) => ({ name, ahead, behind, state }))

describe('the forks of a repository on GitHub', () => {
  it('are all there, with a token: forks of forks, untouched ones and other branches', async () => {
    const { github, ask, told } = await network()
    const before = github.requests.length
    const answer = await ask()
    expect(shown(answer)).toEqual([
      row('sleeper', 0, 1, 'untouched'),
      row('patcher', 2, 1, 'patched'),
      row('offerer', 0, 1, 'contributing'),
      row('rewriter', null, null, 'unrelated'),
      row('brancher', 0, 1, 'patched'),
      row('grandchild', 1, 1, 'patched'),
    ])
    const [, patcher, , rewriter, brancher] = answer.forks
    const root = github.world.repository(engine)
    const tip = root.branches.get('main')
    expect(patcher).toMatchObject({
      ...{ originalCommits: 2, mergeBase: expect.stringMatching(/^[\da-f]{40}$/), problem: null },
      work: { originalCommits: 2, areas: ['kernels/rocm/'], authors: { total: 1 } },
    })
    expect(patcher?.mergeBase).not.toBe(tip)
    expect(rewriter).toMatchObject({ mergeBase: null, work: null, relation: { shared: 0 } })
    expect(brancher?.otherBranches).toMatchObject([
      { branch: 'gaudi', ahead: 1, behind: 1, originalCommits: 1 },
    ])
    expect(answer.network).toMatchObject({ size: 6, compared: 6, forkOf: null, notes: [] })
    const asked = github.requests.slice(before)
    const points = asked.filter(({ path }) => path === '/graphql').length
    expect(told).toEqual([
      `It took ${points} points and ${points + 1} requests of GitHub's limits.`,
    ])
    // git brings the commits.
    expect(asked.filter(({ operation }) => /^ForkBranches/.test(operation ?? ''))).toEqual([])
  })

  it('have the same numbers for somebody without a token', async () => {
    const { ask, told } = await network()
    const known = await ask()
    const answer = await ask({ token: null })
    const numbers = ({ forks }: typeof known) =>
      forks.map(({ name, ahead, behind, originalCommits, mergeBase, work, otherBranches }) => ({
        ...{ name, ahead, behind, originalCommits, mergeBase, work, otherBranches },
      }))
    expect(numbers(answer)).toEqual(numbers(known))
    // Pull requests would be too much to ask.
    expect(answer.forks[2]).toMatchObject({ name: 'offerer/engine', state: 'patched' })
    expect(answer.network.notes).toEqual([
      expect.stringContaining('no fork is called contributing'),
    ])
    expect(told.join('\n')).toContain('It took 3 requests')
  })

  it('are compared by GitHub where git is not let through, without what only git can tell', async () => {
    const { github, ask, told } = await network()
    const known = await ask()
    github.fail({ path: /\/info\/refs$/, status: 403, times: 1000 })
    const answer = await ask()
    const numbers = ({ forks }: typeof known) =>
      forks.map(({ name, ahead, behind }) => ({ name, ahead, behind }))
    expect(numbers(answer)).toEqual(numbers(known))
    expect(answer.forks[1]).toMatchObject({ originalCommits: null, mergeBase: null, work: null })
    expect(told.join('\n')).toContain('git could not compare')
    expect(answer.network.notes.join()).toContain('compared by GitHub')
    const alone = await ask({ token: null })
    expect(alone.forks.every(({ ahead }) => ahead === null)).toBe(true)
    expect(alone.network.notes.join()).toContain('could not be compared')
  })

  it.each([true, false])(
    'beyond a limit are listed, and said not to be compared',
    async (withToken) => {
      const { ask, reader } = await network()
      const answer = await ask({ limit: 2, token: withToken ? reader : null })
      const compared = answer.forks.filter(({ ahead }) => ahead !== null)
      expect(answer.forks).toHaveLength(6)
      expect(answer.network.compared).toBeLessThanOrEqual(2)
      expect(compared.length).toBeLessThanOrEqual(2)
      const leftOut = answer.forks.filter(({ problem }) => problem?.includes('was not compared'))
      expect(leftOut).toHaveLength(4)
      const markdown = renderForkComparison(answer, new Date('2026-11-16T12:00:00Z'))
      expect(markdown).toMatch(/Compared were \d; of the other \d it is not known/)
      expect(markdown).not.toContain('It was not compared')
    },
  )

  it('of a repository that is itself a fork are its own, unless the root is asked for', async () => {
    const { ask, told } = await network()
    const own = await ask({ of: 'sleeper/engine' })
    expect(shown(own)).toEqual([row('grandchild', 1, 0, 'patched')])
    expect(told[0]).toContain(
      'sleeper/engine is itself a fork, of the network of example-lab/engine',
    )
    expect((await ask({ of: 'sleeper/engine', which: 'this' })).forks).toHaveLength(1)
    const whole = await ask({ of: 'grandchild/engine', which: 'root' })
    expect(whole).toMatchObject({ name: engine, network: { forkOf: null } })
    expect(whole.forks).toHaveLength(6)
    expect(told.filter((text) => text.includes('itself a fork'))).toHaveLength(1)
  })

  it('of one that was renamed are found, and of one without any there are none', async () => {
    const { github, ask, told } = await network()
    github.addRepository('example-lab', 'lonely')
    const lonely = await ask({ of: 'example-lab/lonely' })
    expect(lonely.forks).toEqual([])
    expect(renderForkComparison(lonely, new Date())).toContain('There is no public fork.')
    await github.renameRepository(engine, 'motor')
    const renamed = await ask()
    expect(renamed).toMatchObject({ name: 'example-lab/motor', forks: { length: 6 } })
    expect(told.join('\n')).toContain('example-lab/engine is called example-lab/motor now.')
  })

  it('that GitHub does not show are refused, and why', async () => {
    const { github, clock, ask } = await network()
    await expect(ask({ of: 'example-lab/nowhere' })).rejects.toThrow('There is no repository')
    await expect(ask({ token: 'not-a-token' })).rejects.toThrow('does not take this GITHUB_TOKEN')
    github.addRepository('example-lab', 'secret', { private: true })
    await expect(ask({ of: 'example-lab/secret', token: null })).rejects.toThrow(
      'that everybody may see',
    )
    const from = new Date(clock.now.getTime() - 1000 * 3_600_000)
    github.addForkNetwork(engine, { from, direct: 6100, pushedEvery: 0, forkedEvery: 0 })
    await expect(ask({ token: null })).rejects.toThrow('takes 62 requests')
  })

  it('of a private repository are not listed, also for somebody who may see it', async () => {
    const { github, installationToken } = await double()
    github.addRepository('octo', 'secret', { private: true })
    const token = await installationToken()
    const server = { host: github.host, apiUrl: `${github.url}/api/v3`, htmlUrl: github.url, token }
    const asked = { owner: 'octo', name: 'secret', limit: 300, which: null }
    const environment = { github: server, surroundings: { PATH: process.env.PATH } }
    const options = {
      environment,
      now: new Date('2026-11-16T09:00:00Z'),
      tell: () => {},
      withStore,
    }
    await expect(forksOfRepository(asked, options)).rejects.toThrow('is private')
  })

  it('are answered by the command, as a table and as published JSON', async () => {
    const { github, reader } = await network()
    vi.stubEnv('GITHUB_TOKEN', reader)
    vi.stubEnv('GHE_HOST', github.host)
    vi.stubEnv('GHE_PROTOCOL', 'http')
    const { exitCode, out, error } = await outputOf('forks', engine, '--this')
    expect(exitCode, error).toBe(0)
    expect(out).toContain('The network holds 6 forks')
    expect(out).toContain('| `patcher/engine` | patched |')
  })
})
