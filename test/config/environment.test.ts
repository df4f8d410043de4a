import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type Environment, readEnvironment } from '../../config/environment.ts'
import { UserError } from '../../src/errors.ts'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const folder = mkdtempSync(join(tmpdir(), 'groundswell-environment-'))
const keyFile = join(folder, 'app.pem')
writeFileSync(keyFile, pem)
afterAll(() => rmSync(folder, { recursive: true }))

const secret = 'a-secret-of-sixteen-or-more'
const credentials = { APP_ID: '1234', PRIVATE_KEY: pem, WEBHOOK_SECRET: secret }
const database = 'postgres://groundswell:hunter2@db/groundswell'

type Variables = Record<string, string | undefined>

function faultsOf(env: Variables): string[] {
  try {
    readEnvironment(env)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return error.message.split('\n').slice(1)
  }
  return []
}

describe('an empty environment', () => {
  it('is try-out mode on the embedded engine', () => {
    expect(readEnvironment({})).toEqual({
      production: false,
      credentials: null,
      engine: 'embedded',
      databaseUrl: null,
      redisUrl: null,
      dataDirectory: '.groundswell',
      role: 'all',
      host: 'localhost',
      port: 3000,
      logLevel: 'info',
      webhookPath: '/api/github/webhooks',
      publicUrl: null,
      github: {
        host: 'github.com',
        apiUrl: 'https://api.github.com',
        htmlUrl: 'https://github.com',
        token: null,
      },
      hub: { endpoint: 'https://huggingface.co', token: null },
      deliveryRetentionDays: 14,
      graceDays: 30,
      dryRun: false,
      channels: { named: new Map(), smtp: null },
      surroundings: {},
    } satisfies Environment)
  })

  it('is what variables of blanks alone amount to', () => {
    const blank = {
      APP_ID: '',
      PRIVATE_KEY: ' ',
      DATABASE_URL: '',
      PORT: '',
      ROLE: '',
      DRY_RUN: '',
    }
    expect(readEnvironment(blank)).toEqual(readEnvironment({}))
  })

  it('cannot be changed by whoever reads it', () => {
    const environment = readEnvironment(credentials)
    for (const part of [
      environment,
      environment.credentials,
      environment.github,
      environment.hub,
    ]) {
      expect(Object.isFrozen(part)).toBe(true)
    }
  })
})

describe('the private key', () => {
  it.each([
    ['as the PEM that GitHub makes', { PRIVATE_KEY: pem }],
    ['as PKCS#8', { PRIVATE_KEY: pkcs8 }],
    ['with literal \\n', { PRIVATE_KEY: pem.replaceAll('\n', '\\n') }],
    ['with lines joined by spaces', { PRIVATE_KEY: pem.replaceAll('\n', ' ') }],
    ['with the line ends of Windows', { PRIVATE_KEY: pem.replaceAll('\n', '\r\n') }],
    ['in base64', { PRIVATE_KEY: Buffer.from(pem).toString('base64') }],
    ['from a file', { PRIVATE_KEY_PATH: keyFile }],
    ['from the variable when a file is named too', { PRIVATE_KEY: pem, PRIVATE_KEY_PATH: '/none' }],
  ])('is read %s', (_, key) => {
    const environment = readEnvironment({ APP_ID: '1234', WEBHOOK_SECRET: secret, ...key })
    expect(environment.credentials).toEqual({
      appId: 1234,
      privateKey: pkcs8,
      webhookSecret: secret,
    })
  })

  it.each([
    ['garbage', { PRIVATE_KEY: 'swordfish' }, /^- PRIVATE_KEY: .*whole \.pem/],
    ['half a PEM', { PRIVATE_KEY: pem.slice(0, 400) }, /^- PRIVATE_KEY: .*whole \.pem/],
    ['a file that is not there', { PRIVATE_KEY_PATH: '/none.pem' }, /^- PRIVATE_KEY_PATH: "\/none/],
    [
      'a file of something else',
      { PRIVATE_KEY_PATH: import.meta.filename },
      /^- PRIVATE_KEY_PATH: .*whole/,
    ],
    [
      'a key of another kind',
      {
        PRIVATE_KEY: generateKeyPairSync('ed25519')
          .privateKey.export({ type: 'pkcs8', format: 'pem' })
          .toString(),
      },
      /^- PRIVATE_KEY: /,
    ],
  ])('is refused as %s, without being quoted', (_, key, fault) => {
    const faults = faultsOf({ APP_ID: '1234', WEBHOOK_SECRET: secret, ...key })
    expect(faults).toEqual([expect.stringMatching(fault)])
    expect(faults.join()).not.toContain('swordfish')
  })
})

describe('the credentials belong together', () => {
  const parts: Variables[] = [{ APP_ID: '1234' }, { PRIVATE_KEY: pem }, { WEBHOOK_SECRET: secret }]
  const names = ['APP_ID', 'PRIVATE_KEY or PRIVATE_KEY_PATH', 'WEBHOOK_SECRET']
  const subsets = [0, 1, 2, 3, 4, 5, 6, 7].map((bits) =>
    [0, 1, 2].filter((part) => bits & (1 << part)),
  )

  it.each(
    [undefined, 'development', 'test', 'production'].flatMap((NODE_ENV) =>
      subsets.map((present) => ({ NODE_ENV, present })),
    ),
  )('NODE_ENV=$NODE_ENV with parts $present', ({ NODE_ENV, present }) => {
    const env = Object.assign({ NODE_ENV }, ...present.map((part) => parts[part]))
    const tryOut = present.length === 0 && NODE_ENV !== 'production'
    const missing = tryOut ? [] : names.filter((_, part) => !present.includes(part))
    expect(faultsOf(env).map((fault) => fault.replace(/^- (.*?):.*$/, '$1'))).toEqual(missing)
  })

  it.each([
    ['development', undefined, true],
    ['development', 'test', true],
    ['development', 'production', true],
    ['fifteen-letters', undefined, false],
    ['fifteen-letters', 'production', true],
    ['sixteen--letters', 'production', false],
  ])('the secret "%s" with NODE_ENV=%s is refused: %s', (WEBHOOK_SECRET, NODE_ENV, refused) => {
    const faults = faultsOf({ ...credentials, WEBHOOK_SECRET, NODE_ENV })
    expect(faults).toEqual(refused ? [expect.stringMatching(/^- WEBHOOK_SECRET: /)] : [])
  })
})

describe('the engine', () => {
  it.each([
    [{}, 'embedded'],
    [{ DATABASE_URL: database }, 'postgres'],
    [{ DATABASE_URL: 'postgresql://db/groundswell', REDIS_URL: 'rediss://cache' }, 'redis'],
  ])('of %o is %s', (env, engine) => {
    expect(readEnvironment(env).engine).toBe(engine)
  })

  it.each(['web', 'worker'])('shares work with a %s process on a database alone', (ROLE) => {
    expect(readEnvironment({ ROLE, DATABASE_URL: database }).role).toBe(ROLE)
    expect(faultsOf({ ROLE })).toEqual([expect.stringMatching(/^- ROLE: .*DATABASE_URL/)])
  })

  it('needs a database beside Redis', () => {
    const faults = faultsOf({ REDIS_URL: 'redis://cache' })
    expect(faults).toEqual([expect.stringMatching(/^- REDIS_URL: .*DATABASE_URL/)])
  })
})

describe('each variable', () => {
  it.each<[Variables, Partial<Environment>]>([
    [{ PORT: '0' }, { port: 0 }],
    [
      { PORT: '65535', HOST: '0.0.0.0' },
      { port: 65_535, host: '0.0.0.0' },
    ],
    [{ LOG_LEVEL: 'trace' }, { logLevel: 'trace' }],
    [{ WEBHOOK_PATH: '/hook' }, { webhookPath: '/hook' }],
    [{ DATA_DIR: '/var/lib/groundswell' }, { dataDirectory: '/var/lib/groundswell' }],
    [{ PUBLIC_URL: 'https://groundswell.example/' }, { publicUrl: 'https://groundswell.example' }],
    [{ PUBLIC_URL: 'http://localhost:3000/a//' }, { publicUrl: 'http://localhost:3000/a' }],
    [{ DELIVERY_RETENTION_DAYS: '3' }, { deliveryRetentionDays: 3 }],
    [{ GRACE_DAYS: '0' }, { graceDays: 0 }],
    [{ DRY_RUN: 'true' }, { dryRun: true }],
    [{ DRY_RUN: 'false' }, { dryRun: false }],
    [{ NODE_ENV: 'production', ...credentials }, { production: true }],
    [
      { HF_ENDPOINT: 'https://hub.example/', HF_TOKEN: 'hf_x' },
      { hub: { endpoint: 'https://hub.example', token: 'hf_x' } },
    ],
    [
      { GHE_HOST: 'github.example.com', GITHUB_TOKEN: 'ghp_x' },
      {
        github: {
          host: 'github.example.com',
          apiUrl: 'https://github.example.com/api/v3',
          htmlUrl: 'https://github.example.com',
          token: 'ghp_x',
        },
      },
    ],
    [
      { GHE_HOST: 'localhost:8443', GHE_PROTOCOL: 'http' },
      {
        github: {
          host: 'localhost:8443',
          apiUrl: 'http://localhost:8443/api/v3',
          htmlUrl: 'http://localhost:8443',
          token: null,
        },
      },
    ],
  ])('%o is read', (env, expected) => {
    expect(readEnvironment(env)).toMatchObject(expected)
  })

  it.each<Variables>([
    { ...credentials, APP_ID: 'groundswell' },
    { ...credentials, APP_ID: '0' },
    { PORT: '65536' },
    { PORT: '-1' },
    { PORT: '3000.5' },
    { PORT: '0x50' },
    { LOG_LEVEL: 'loud' },
    { ROLE: 'everything' },
    { DRY_RUN: 'yes' },
    { WEBHOOK_PATH: 'hook' },
    { GHE_HOST: 'https://github.example.com' },
    { GHE_PROTOCOL: 'ftp' },
    { DATABASE_URL: 'mysql://root:hunter2@db' },
    { DATABASE_URL: database, REDIS_URL: 'http://:hunter2@cache' },
    { PUBLIC_URL: 'groundswell.example' },
    { PUBLIC_URL: 'https://groundswell.example/?token=hunter2' },
    { PUBLIC_URL: 'https://mona:hunter2@groundswell.example' },
    { HF_ENDPOINT: 'file:///etc/passwd' },
    { DELIVERY_RETENTION_DAYS: '0' },
    { GRACE_DAYS: 'forever' },
  ])('%o is refused in one line that names it and says what to do', (env) => {
    const name = Object.keys(env).findLast(
      (key) => !['PRIVATE_KEY', 'WEBHOOK_SECRET'].includes(key),
    )
    const faults = faultsOf(env)
    const named = env.APP_ID === undefined ? name : 'APP_ID'
    expect(faults).toEqual([expect.stringMatching(`^- ${named}: .*\\. (Use|Give) `)])
    expect(faults.join()).not.toContain('hunter2')
  })
})

it('names every fault at once', () => {
  const faults = faultsOf({
    NODE_ENV: 'production',
    APP_ID: 'x',
    PRIVATE_KEY_PATH: '/none.pem',
    WEBHOOK_SECRET: 'development',
    PORT: 'x',
    REDIS_URL: 'x',
    ROLE: 'worker',
    PUBLIC_URL: 'x',
    DRY_RUN: 'x',
  })
  const names = faults.map((fault) => /^- (\w+)/.exec(fault)?.[1])
  expect(new Set(names)).toEqual(
    new Set([
      'APP_ID',
      'PRIVATE_KEY_PATH',
      'WEBHOOK_SECRET',
      'PORT',
      'REDIS_URL',
      'ROLE',
      'PUBLIC_URL',
      'DRY_RUN',
    ]),
  )
})
