import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { freePort, runCommand, startAppProcess } from '../support/app-process.ts'
import { createTestDatabase, engineName } from '../support/engine.ts'
import { appEnvironment, engine, exampleGitHub } from '../support/journey.ts'
import { until } from '../support/until.ts'

it('carries commands out while the App runs and when it does not, and lets no second App in', async () => {
  const clock = { now: new Date('2026-03-02T09:00:00Z') }
  const { github, contract } = await exampleGitHub(() => clock.now)
  github.addInstallation('example-lab')
  const database = await createTestDatabase()
  const cwd = await mkdtemp(join(tmpdir(), 'groundswell-socket-'))
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
    expect(contract.violations).toEqual([])
  })
  github.deliverTo(`${app.url}/api/github/webhooks`)
  const { number } = await github.openPullRequest(engine, { author: 'newcomer-a' })
  const comments = () => github.comments(engine, number).filter(({ byApp }) => byApp)
  await until(() => comments().length === 1, 60_000)
  clock.now = new Date('2026-03-09T09:00:00Z')
  const digests = () => github.issues(engine).filter(({ byApp }) => byApp)
  const digest = (...args: string[]) =>
    runCommand(['digest', engine, '--week', '2026-W10', ...args], env, cwd)

  const shown = await digest('--format', 'json')
  // Warnings go to standard error, which is gathered with the rest.
  const json = shown.output.slice(shown.output.search(/^\[$/m))
  expect([shown.code, JSON.parse(json)]).toMatchObject([
    0,
    [{ repository: engine, week: '2026-W10', digest: { title: expect.any(String) } }],
  ])
  expect(digests()).toEqual([])
  expect(await digest('--publish')).toMatchObject({ code: 0 })
  expect(digests()).toHaveLength(1)
  const unknown = await runCommand(['digest', 'example-lab/other'], env, cwd)
  expect(unknown).toMatchObject({
    code: 1,
    output: expect.stringContaining('Nothing is known of example-lab/other'),
  })
  expect(await digest('--week', '2026-W99')).toMatchObject({
    code: 1,
    output: expect.stringContaining('2026-W99'),
  })

  const explained = await runCommand(['explain', 'newcomer-a', '--format', 'json'], env, cwd)
  const about = JSON.parse(explained.output.slice(explained.output.search(/^\[$/m)))
  expect([explained.code, about]).toMatchObject([
    0,
    [{ login: 'newcomer-a', kind: 'human', repositories: [{ repository: engine, inside: false }] }],
  ])

  expect(await runCommand(['backfill', engine], env, cwd)).toMatchObject({
    code: 0,
    output: expect.stringMatching(
      /1 issue, [\s\S]*about 4 points[\s\S]*read back to 2026-03-02\. \d+ points/,
    ),
  })

  if (engineName === 'embedded') {
    const second = await runCommand(['start'], { ...env, PORT: String(await freePort()) }, cwd)
    expect(second).toMatchObject({
      code: 1,
      output: expect.stringContaining(`is in use by process ${app.pid}`),
    })
  }

  expect(await app.kill('SIGTERM')).toEqual({ code: 0, signal: null })
  const after = await digest('--publish')
  expect(after).toMatchObject({ code: 0, output: expect.stringContaining('newcomer-a') })
  expect(digests()).toHaveLength(1)
}, 180_000)
