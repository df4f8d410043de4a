import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { Delivery } from '../../src/sandbox/deliveries.ts'
import { openEmbedded } from '../../src/store/database.ts'
import { type AppProcess, freePort, startAppProcess } from '../support/app-process.ts'
import {
  copyTemplate,
  createTestDatabase,
  engineName,
  openTestDatabase,
} from '../support/engine.ts'
import { appEnvironment, engine, exampleGitHub } from '../support/journey.ts'
import { until } from '../support/until.ts'

const kills = Number(process.env.TEST_KILLS ?? 4)
const timeoutMs = 60_000 + kills * 45_000
const pullRequestsBetweenKills = 8
/** Where in the work the process dies; spread by a fixed rule, so that a failure comes again. */
const delaysMs = Array.from({ length: kills }, (_, index) => 20 + ((index * 137) % 400))

it(
  'loses nothing that it acknowledged and posts nothing twice, killed at any instant',
  async () => {
    const { github, contract } = await exampleGitHub(() => new Date())
    // More comments than a day's budget allows, when the process dies often.
    github.putFile(engine, '.github/groundswell.yml', 'posts-per-day: 500\n')
    github.addInstallation('example-lab')
    const database = await createTestDatabase()
    const cwd = await mkdtemp(join(tmpdir(), 'groundswell-kill-'))
    const dataDir = join(cwd, 'data')
    if (engineName === 'embedded') await copyTemplate(join(dataDir, 'database'))
    const port = await freePort()
    const env = appEnvironment(github, {
      PORT: String(port),
      DATA_DIR: dataDir,
      LOG_LEVEL: 'warn',
      ...database.environment,
    })
    let app: AppProcess | null = null
    onTestFinished(async () => {
      await app?.kill('SIGKILL')
      await github.close()
      await database.drop()
      await rm(cwd, { recursive: true, force: true })
      expect(contract.violations).toEqual([])
    })

    const url = `http://127.0.0.1:${port}/api/github/webhooks`
    const acknowledged = new Set<number>()
    let author = 0
    /** Opens pull requests from outside; GitHub's deliveries run while the process dies. */
    const openSome = async (): Promise<{ number: number; delivery: Delivery }[]> =>
      await Promise.all(
        Array.from({ length: pullRequestsBetweenKills }, async () => {
          author += 1
          const opened = await github.openPullRequest(engine, {
            author: `outsider-${author}`,
            files: [{ filename: `src/part-${author % 3}/file.py` }],
          })
          return { number: opened.number, delivery: opened }
        }),
      )
    const deliver = async ({ number, delivery }: { number: number; delivery: Delivery }) => {
      const status = await github.deliver(delivery).catch(() => 0)
      if (status >= 200 && status < 300) acknowledged.add(number)
    }

    for (const delay of delaysMs) {
      app = await startAppProcess(env, cwd)
      github.deliveries.webhookUrl = null
      const opened = await openSome()
      github.deliverTo(url)
      const sending = Promise.all(opened.map(deliver))
      await new Promise((resolve) => setTimeout(resolve, delay))
      await app.kill('SIGKILL')
      await sending
      // GitHub sends again what was not acknowledged, in a process that lives.
      app = await startAppProcess(env, cwd)
      await Promise.all(opened.filter(({ number }) => !acknowledged.has(number)).map(deliver))
      await app.kill('SIGKILL')
    }
    app = await startAppProcess(env, cwd)
    const numbers = [...acknowledged]
    expect(numbers).toHaveLength(kills * pullRequestsBetweenKills)
    const own = (number: number) => github.comments(engine, number).filter(({ byApp }) => byApp)
    await until(() => numbers.every((number) => own(number).length > 0), 100_000)
    await github.settled()
    expect((await app.kill('SIGTERM')).code).toBe(0)
    expect(numbers.filter((number) => own(number).length !== 1)).toEqual([])

    const opened =
      engineName === 'embedded'
        ? await openEmbedded(join(dataDir, 'database'))
        : await openTestDatabase(database)
    const facts = await opened.db
      .selectFrom('facts')
      .select('thread')
      .where('kind', '=', 'pull_request.opened')
      .execute()
    await opened.close()
    expect(facts.map(({ thread }) => thread).sort()).toEqual([...numbers].sort())
  },
  timeoutMs,
)
