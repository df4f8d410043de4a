import { z } from 'zod'
import { UserError } from '../src/errors.ts'
import { type Channels, readChannels } from './channels.ts'
import { readPrivateKey } from './private-key.ts'
import { type Surroundings, surroundingsIn } from './surroundings.ts'

/** What the App needs to act as itself. */
export interface Credentials {
  appId: number
  /** PEM, PKCS#8 */
  privateKey: string
  webhookSecret: string
}

/** Everything that the process was told from outside, read once at start. */
export interface Environment {
  readonly production: boolean
  /** null: try-out mode, nothing is set that belongs to an App */
  readonly credentials: Readonly<Credentials> | null
  readonly engine: 'embedded' | 'postgres' | 'redis'
  readonly databaseUrl: string | null
  readonly redisUrl: string | null
  /** where the embedded engine keeps its files; relative to the working directory */
  readonly dataDirectory: string
  readonly role: 'all' | 'web' | 'worker'
  readonly host: string
  /** 0: any free port */
  readonly port: number
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'
  readonly webhookPath: string
  /** without a slash at its end; null: nobody can follow a link to this server */
  readonly publicUrl: string | null
  readonly github: Readonly<GitHubServer>
  readonly hub: Readonly<{ endpoint: string; token: string | null }>
  readonly deliveryRetentionDays: number
  /** how long the data of an uninstalled repository is kept */
  readonly graceDays: number
  /** nothing is written to GitHub, only logged */
  readonly dryRun: boolean
  /** where digests may go outside of GitHub */
  readonly channels: Channels
  /** for git */
  readonly surroundings: Surroundings
}

export interface GitHubServer {
  /** `github.com`, or the host of a GitHub Enterprise Server */
  host: string
  apiUrl: string
  htmlUrl: string
  /** for the command line only; the App uses its own */
  token: string | null
}

type Variables = Record<string, string | undefined>

/**
 * The environment, checked as a whole.
 * @throws UserError that names every fault at once, one line each, and never quotes a secret
 */
export function readEnvironment(env: Variables): Environment {
  // Compose files and CI pass variables that were not given as empty strings.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
  const production = given.NODE_ENV === 'production'
  const read = variables.safeParse(given)
  const key = readPrivateKey(given)
  const { channels, faults: channelFaults } = readChannels(given.CHANNELS_PATH)
  const faults = [
    ...(read.error?.issues.map(({ message }) => message) ?? []),
    ...(key !== null && 'fault' in key ? [key.fault] : []),
    ...credentialFaults(given, production),
    ...engineFaults(given),
    ...channelFaults,
  ]
  if (!read.success || faults.length > 0) throw refusal(faults)

  const privateKey = key !== null && 'privateKey' in key ? key.privateKey : null
  return Object.freeze({
    ...toEnvironment(read.data, privateKey, production),
    channels,
    surroundings: Object.freeze(surroundingsIn(given)),
  })
}

const credentialSets = [['APP_ID'], ['PRIVATE_KEY', 'PRIVATE_KEY_PATH'], ['WEBHOOK_SECRET']]

function credentialFaults(given: Variables, production: boolean): string[] {
  const missing = credentialSets.filter((names) => names.every((name) => !given[name]))
  const wanted = production || missing.length < credentialSets.length
  return [
    ...(wanted
      ? missing.map((names) => `${names.join(' or ')}: ${missingReason(production)}`)
      : []),
    ...secretFaults(given.WEBHOOK_SECRET, production),
  ]
}

function missingReason(production: boolean): string {
  return production
    ? 'missing. With NODE_ENV=production the App needs all its credentials; copy it from the settings of the App on GitHub.'
    : 'missing. Set it beside the other credentials of the App, or unset those too for try-out mode.'
}

const shortestSecret = 16

function secretFaults(secret: string | undefined, production: boolean): string[] {
  if (secret === 'development') {
    return [
      'WEBHOOK_SECRET: "development" is known to everybody. Set a long random one here and in the settings of the App on GitHub.',
    ]
  }
  if (production && secret !== undefined && secret.length < shortestSecret) {
    return [
      `WEBHOOK_SECRET: shorter than ${shortestSecret} characters. Set a long random one here and in the settings of the App on GitHub, for example from "openssl rand -hex 32".`,
    ]
  }
  return []
}

function engineFaults({ DATABASE_URL, REDIS_URL, ROLE }: Variables): string[] {
  if (DATABASE_URL) return []
  return [
    ...(REDIS_URL
      ? ['REDIS_URL: given without DATABASE_URL. Set both, or only DATABASE_URL, or neither.']
      : []),
    ...(ROLE === 'web' || ROLE === 'worker'
      ? [
          `ROLE: "${ROLE}" needs a database that several processes share. Set DATABASE_URL, or leave ROLE out: the embedded engine runs as one process.`,
        ]
      : []),
  ]
}

function refusal(faults: readonly string[]): UserError {
  const count = faults.length === 1 ? 'One setting needs' : `${faults.length} settings need`
  const lines = faults.map((fault) => `- ${fault}`)
  return new UserError([`${count} your attention in the environment or .env:`, ...lines].join('\n'))
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const

const variables = z.object({
  APP_ID: wholeNumber('APP_ID', 1, Number.MAX_SAFE_INTEGER).optional(),
  WEBHOOK_SECRET: z.string().optional(),
  GHE_HOST: z
    .string()
    .regex(
      /^[\w.-]+(:\d+)?$/,
      'GHE_HOST: this is not a host name. Give the host of the GitHub Enterprise Server alone, like github.example.com.',
    )
    .optional(),
  GHE_PROTOCOL: choice('GHE_PROTOCOL', ['https', 'http'], 'https'),
  HOST: z.string().default('localhost'),
  PORT: wholeNumber('PORT', 0, 65_535).default(3000),
  LOG_LEVEL: choice('LOG_LEVEL', logLevels, 'info'),
  WEBHOOK_PATH: z
    .string()
    .regex(
      /^\/[\w./-]+$/,
      'WEBHOOK_PATH: this is not a path. Give one that begins with a slash, like /api/github/webhooks.',
    )
    .default('/api/github/webhooks'),
  DATABASE_URL: address('DATABASE_URL', ['postgres://', 'postgresql://']).optional(),
  REDIS_URL: address('REDIS_URL', ['redis://', 'rediss://']).optional(),
  DATA_DIR: z.string().default('.groundswell'),
  ROLE: choice('ROLE', ['all', 'web', 'worker'], 'all'),
  PUBLIC_URL: webAddress('PUBLIC_URL').optional(),
  GITHUB_TOKEN: z.string().optional(),
  HF_ENDPOINT: webAddress('HF_ENDPOINT').default('https://huggingface.co'),
  HF_TOKEN: z.string().optional(),
  DELIVERY_RETENTION_DAYS: wholeNumber('DELIVERY_RETENTION_DAYS', 1, 365).default(14),
  GRACE_DAYS: wholeNumber('GRACE_DAYS', 0, 365).default(30),
  DRY_RUN: choice('DRY_RUN', ['true', 'false'], 'false').transform((value) => value === 'true'),
})

function choice<const Choices extends readonly string[]>(
  name: string,
  choices: Choices,
  whenAbsent: Choices[number],
) {
  return z
    .enum(choices, {
      error: ({ input }) => `${name}: "${input}" is not known. Use ${choices.join(', ')}.`,
    })
    .default(whenAbsent)
}

function wholeNumber(name: string, least: number, most: number) {
  const range =
    most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`
  return z
    .string()
    .refine((text) => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most, {
      error: ({ input }) => `${name}: "${input}" does not fit. Use a whole number ${range}.`,
    })
    .transform(Number)
}

/** Addresses of databases hold passwords, so a fault does not quote them. */
function address(name: string, beginnings: readonly string[]) {
  return z
    .string()
    .refine(
      (text) => beginnings.some((beginning) => text.startsWith(beginning)),
      `${name}: this is not an address of the right kind. Use one that begins with ${beginnings.join(' or ')}.`,
    )
}

function webAddress(name: string) {
  return z
    .string()
    .refine(
      (text) => /^https?:\/\/[^?#@]+$/.test(text) && URL.canParse(text),
      `${name}: this is not a web address that others can be built on. Use one like https://groundswell.example, without "?", "#" or a password.`,
    )
    .transform((text) => text.replace(/\/+$/, ''))
}

function toEnvironment(
  read: z.output<typeof variables>,
  privateKey: string | null,
  production: boolean,
): Omit<Environment, 'surroundings' | 'channels'> {
  const { APP_ID, WEBHOOK_SECRET, DATABASE_URL = null, REDIS_URL = null } = read
  const credentials =
    APP_ID !== undefined && privateKey !== null && WEBHOOK_SECRET !== undefined
      ? Object.freeze({ appId: APP_ID, privateKey, webhookSecret: WEBHOOK_SECRET })
      : null
  return {
    production,
    credentials,
    engine: DATABASE_URL === null ? 'embedded' : REDIS_URL === null ? 'postgres' : 'redis',
    databaseUrl: DATABASE_URL,
    redisUrl: REDIS_URL,
    dataDirectory: read.DATA_DIR,
    role: read.ROLE,
    host: read.HOST,
    port: read.PORT,
    logLevel: read.LOG_LEVEL,
    webhookPath: read.WEBHOOK_PATH,
    publicUrl: read.PUBLIC_URL ?? null,
    github: Object.freeze(toGitHubServer(read)),
    hub: Object.freeze({ endpoint: read.HF_ENDPOINT, token: read.HF_TOKEN ?? null }),
    deliveryRetentionDays: read.DELIVERY_RETENTION_DAYS,
    graceDays: read.GRACE_DAYS,
    dryRun: read.DRY_RUN,
  }
}

function toGitHubServer(read: z.output<typeof variables>): GitHubServer {
  const token = read.GITHUB_TOKEN ?? null
  if (read.GHE_HOST === undefined) {
    const host = 'github.com'
    return { host, apiUrl: 'https://api.github.com', htmlUrl: 'https://github.com', token }
  }
  const htmlUrl = `${read.GHE_PROTOCOL}://${read.GHE_HOST}`
  return { host: read.GHE_HOST, apiUrl: `${htmlUrl}/api/v3`, htmlUrl, token }
}
