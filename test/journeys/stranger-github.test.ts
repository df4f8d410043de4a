import { createHmac, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { type AppProcess, freePort, runCommand, startAppProcess } from '../support/app-process.ts'
import { type Delivery, fork, issue, pullRequest, star } from '../support/builders.ts'
import { createTestDatabase } from '../support/engine.ts'
import { appEnvironment, webhookSecret } from '../support/journey.ts'
import { startPlainGitHub } from '../support/plain-github.ts'
import { until } from '../support/until.ts'

const at = '2026-03-02T09:00:00Z'
const repository = { updatedAt: at }
const here = { repository, at }

/** A week: 2 merged of which 1 from outside, 1 declined, 1 by a bot; 1 issue, 3 forks, 2 stars, 1 command. */
function aWeek(): Delivery[] {
  const outside = pullRequest({ ...here, number: 812, author: 'newcomer-a' })
  const inside = pullRequest({
    ...here,
    number: 813,
    author: 'maintainer-y',
    association: 'MEMBER',
  })
  const declined = pullRequest({ ...here, number: 814, author: 'newcomer-b' })
  const bot = pullRequest({ ...here, number: 815, author: 'dependabot[bot]' })
  const reported = issue({ ...here, number: 640, author: 'newcomer-c' })
  return [
    outside.opened(),
    outside.reviewed({ at: '2026-03-02T12:00:00Z' }),
    outside.merged({ at: '2026-03-03T09:00:00Z' }),
    inside.opened(),
    inside.merged({ at: '2026-03-02T15:00:00Z' }),
    declined.opened(),
    declined.reviewed({ at: '2026-03-02T12:00:00Z', state: 'changes_requested' }),
    declined.closed({ at: '2026-03-03T10:00:00Z' }),
    bot.opened(),
    bot.closed({ at: '2026-03-03T11:00:00Z' }),
    reported.opened(),
    reported.commented({ id: 1, at: '2026-03-02T12:00:00Z', by: 'maintainer-x' }),
    reported.commented({
      id: 2,
      at: '2026-03-02T13:00:00Z',
      by: 'newcomer-c',
      body: '/groundswell help',
    }),
    reported.closed({ at: '2026-03-04T09:00:00Z' }),
    ...['fork-one', 'fork-two', 'fork-three'].map((by, index) =>
      fork({ ...here, id: 2001 + index, by }),
    ),
    ...['stranger-x', 'stranger-y'].map((by) => star({ ...here, by }).created()),
  ]
}

async function start() {
  const github = await startPlainGitHub()
  const database = await createTestDatabase()
  const cwd = await mkdtemp(join(tmpdir(), 'groundswell-stranger-'))
  const env = {
    ...appEnvironment(github, { DATA_DIR: join(cwd, 'data'), LOG_LEVEL: 'warn' }),
    ...database.environment,
    PORT: String(await freePort()),
  }
  const app = await startAppProcess(env, cwd)
  onTestFinished(async () => {
    await app.kill('SIGKILL')
    await github.close()
    await database.drop()
    await rm(cwd, { recursive: true, force: true })
  })
  return { github, app, digest: (args: string[]) => runCommand(['digest', ...args], env, cwd) }
}

async function send(app: AppProcess, { event, payload }: Delivery, guid: string): Promise<number> {
  const body = JSON.stringify(payload)
  const signature = createHmac('sha256', webhookSecret).update(body).digest('hex')
  const response = await fetch(`${app.url}/api/github/webhooks`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': event,
      'x-github-delivery': guid,
      'x-hub-signature-256': `sha256=${signature}`,
    },
  })
  return response.status
}

interface Health {
  deliveries: { pending: number; parked: number }
  jobs: { open: number; parked: number; queued: number }
}

async function idle(app: AppProcess): Promise<void> {
  let health: Health | undefined
  await until(async () => {
    const response = await fetch(`${app.url}/health`)
    health = (await response.json()) as Health // as: of our own App
    const { deliveries, jobs } = health
    return deliveries.pending + jobs.open + jobs.queued === 0
  })
  expect([health?.deliveries.parked, health?.jobs.parked], app.output).toEqual([0, 0])
}

/** The same numbers in the same order for the same seed. */
function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  let state = seed
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state
  }
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
}

async function tellsTheWeekOnce({ github, app, digest }: Awaited<ReturnType<typeof start>>) {
  const ask = ['example-lab/engine', '--week', '2026-W10', '--publish']
  for (let time = 0; time < 2; time += 1) {
    const { code, output } = await digest(ask)
    expect([code, output]).toEqual([0, expect.stringContaining('week 10 of 2026')])
  }
  const under = (number: number) => github.comments.filter(({ thread }) => thread === number)
  expect(under(812).map(({ body }) => body)).toEqual([
    expect.stringMatching(/Merged.*newcomer-a.*first change here/),
  ])
  expect(under(640).map(({ body }) => body)).toEqual([expect.stringContaining('this list')])
  expect([under(813), under(815)]).toEqual([[], []])
  // Whether its author was greeted depends on which was heard first, that it opened or that it closed.
  expect(under(814).length).toBeLessThanOrEqual(1)

  expect(github.issues.map(({ title }) => title)).toEqual(['Community digest, week 10 of 2026'])
  const [{ body = '' } = {}] = github.issues
  expect(body).toMatch(/1 of 2 merged pull requests\]\(\S+\) came from outside/)
  expect(body).toContain('3 new forks')
  const row = (name: string) =>
    body
      .split('\n')
      .find((line) => line.replace(/[[\]]/g, '').startsWith(`| ${name}`))
      ?.split('|')[2]
      ?.trim()
  expect({
    contributors: row('Contributors '),
    outside: row('Contributors from outside'),
    newcomers: row('First pull request merged'),
    merged: row('Pull requests merged'),
    answer: row('First answer to outsiders'),
    stars: row('New stars'),
  }).toEqual({
    contributors: '5',
    outside: '3',
    newcomers: '1',
    merged: '2',
    answer: '3 h',
    stars: '2',
  })
  const { code, signal } = await app.kill('SIGTERM')
  expect([code, signal], app.output).toEqual([0, null])
}

it('serves a GitHub that it has never seen, from delivery to digest', async () => {
  const run = await start()
  for (const delivery of aWeek()) expect(await send(run.app, delivery, randomUUID())).toBe(202)
  await idle(run.app)
  await tellsTheWeekOnce(run)
}, 240_000)

it('says the same when every delivery comes twice, in any order', async () => {
  const run = await start()
  const twice = aWeek().flatMap((delivery) => {
    const guid = randomUUID()
    return [guid, guid].map((same) => ({ delivery, guid: same }))
  })
  const statuses = await Promise.all(
    shuffled(twice, 20_260_302).map(({ delivery, guid }) => send(run.app, delivery, guid)),
  )
  expect(new Set(statuses)).toEqual(new Set([202]))
  await idle(run.app)
  await tellsTheWeekOnce(run)
}, 240_000)
