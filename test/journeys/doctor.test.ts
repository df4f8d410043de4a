import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { readAppManifest } from '../../src/cli/set-up-server.ts'
import { runCommand } from '../support/app-process.ts'
import { pullRequest } from '../support/builders.ts'
import { createTestDatabase, engineName } from '../support/engine.ts'
import { appEnvironment, exampleGitHub, webhookSecret } from '../support/journey.ts'

/** A GitHub on which the App has all that it asks for, and the command line beside it. */
async function start() {
  const { github } = await exampleGitHub(() => new Date())
  const asked = readAppManifest() as {
    default_permissions: typeof github.app.permissions
    default_events: string[]
  } // as: our own file, whose shape test/app-yml.test.ts holds
  github.app.permissions = { ...asked.default_permissions }
  github.app.events = [...asked.default_events]
  const database = await createTestDatabase()
  const cwd = await mkdtemp(join(tmpdir(), 'groundswell-doctor-'))
  onTestFinished(async () => {
    await github.close()
    await database.drop()
    await rm(cwd, { recursive: true, force: true })
  })
  const env = appEnvironment(github, { DATA_DIR: join(cwd, 'data'), ...database.environment })
  return {
    github,
    env,
    cwd,
    doctor: (other: Record<string, string> = {}) =>
      runCommand(['doctor'], { ...env, ...other }, cwd),
    replay: (file: string) => runCommand(['replay', file], env, cwd),
  }
}

it('finds nothing wrong where nothing is, and names each fault with its remedy', async () => {
  const { github, env, cwd, doctor, replay } = await start()
  const well = await doctor()
  expect(well.output).not.toContain('FAIL')
  expect(well.output).toMatch(/knows the App as "groundswell"/)
  expect(well.output).toMatch(/"status":"ok"/)
  expect(well.output.includes('power cut')).toBe(engineName === 'embedded')
  expect(well.code).toBe(0)

  github.app.permissions.issues = 'read'
  github.app.events = github.app.events.filter((event) => event !== 'star')
  const lacking = await doctor()
  expect(lacking.output).toContain(
    'FAIL The App on GitHub lacks the permission issues: write, the event star.',
  )
  expect(lacking.code).toBe(1)
  github.app.permissions.issues = 'write'
  github.app.events.push('star')

  const file = join(cwd, 'deliveries.json')
  const misnamed = { ...pullRequest().opened(), event: 'star', guid: 'a-parked-one' }
  await writeFile(file, JSON.stringify([misnamed]))
  const replayed = await replay(file)
  expect(replayed.output).toMatch(/Parked: star a-parked-one/)
  expect(replayed.code).toBe(1)
  const parked = await doctor()
  expect(parked.output).toMatch(/FAIL Parked delivery a-parked-one \(star\): .*replay --parked/)
  expect(parked.code).toBe(1)

  for (const { output } of [well, lacking, parked]) {
    expect(output).not.toContain(webhookSecret)
    expect(output).not.toContain(env.PRIVATE_KEY.split('\n')[1])
  }
})

it('tells credentials that GitHub does not take, and an environment that is not whole', async () => {
  const { doctor } = await start()
  const { privateKey: otherKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  for (const wrong of [{ APP_ID: '777' }, { PRIVATE_KEY: otherKey }]) {
    const stranger = await doctor(wrong)
    expect(stranger.output).toMatch(/FAIL GitHub at .* does not take the App's credentials.*40[14]/)
    expect(stranger.code).toBe(1)
  }

  const away = await doctor({ GHE_HOST: '127.0.0.1:1' })
  expect(away.output).toMatch(/FAIL GitHub at .*127\.0\.0\.1:1.*cannot be reached/)
  expect(away.code).toBe(1)

  const partly = await doctor({ WEBHOOK_SECRET: 'development', PORT: 'high' })
  expect(partly.output).toMatch(/FAIL 2 settings need your attention/)
  expect(partly.output).toMatch(/PORT[\s\S]*WEBHOOK_SECRET|WEBHOOK_SECRET[\s\S]*PORT/)
  expect(partly.code).toBe(1)
})
