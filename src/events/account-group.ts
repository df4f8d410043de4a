import { agentOfLogin, withoutBotMark } from './ai-agent.ts'
import type { AccountState } from './fact.ts'

export type AccountGroup = 'human' | 'bot' | 'ai'

/** What put an account into its group, with the part of it that decided. */
export type GroupReason =
  | { by: 'configuration' }
  | { by: 'known agent'; agent: string }
  | { by: 'account type' }
  | { by: 'bot mark' }
  | { by: 'known bot' }
  | { by: 'name'; part: string }
  | { by: 'nothing automatic' }

/** Logins that a repository's configuration puts into a group, `[bot]` or not, in any case. */
export interface GroupOverrides {
  bots: readonly string[]
  ai: readonly string[]
  humans: readonly string[]
}

/** Bots that run as plain user accounts, or did once, and whose logins do not say so. */
const knownBots: ReadonlySet<string> = new Set([
  '0crat',
  'actions-user',
  'allcontributors',
  'bors',
  'bors-servo',
  'cla-checker-service',
  'claassistant',
  'codeclimate',
  'codecov',
  'codecov-commenter',
  'codecov-io',
  'codelingo',
  'codesandbox',
  'copybara-service',
  'coveralls',
  'dependabot',
  'dependabot-preview',
  'easycla',
  'engine-flutter-autoroll',
  'eslintbot',
  'flinkbot',
  'fluttergithubbot',
  'github-actions',
  'gitpod-io',
  'googlebot',
  'gopherbot',
  'gordontheturtle',
  'graalvmbot',
  'greenkeeper',
  'hashibot',
  'hfdocbuilddevbot',
  'homeassistant',
  'homu',
  'huggingfacebot',
  'imgbot',
  'imgbotapp',
  'linux-foundation-easycla',
  'mergify',
  'msftbot',
  'msftclas',
  'octokitbot',
  'openstack-gerrit',
  'prombot',
  'pytorchbot',
  'pytorchmergebot',
  'readthedocs-assistant',
  'renovate',
  'restyled-io',
  'rultor',
  'rustbot',
  'sentry-io',
  'skia-flutter-autoroll',
  'sonarcloud',
  'tensorflow-jenkins',
  'tensorflower-gardener',
  'the-knights-who-say-ni',
  'thelinuxfoundation',
  'vscodebot',
  'web-flow',
  'yarnbot',
])

/**
 * Names that say what an account does. Glued to a word, "bot" also ends surnames:
 * people called Talbot, Abbot, Chabot, Barbot or Limbot are people, and so is
 * whoever is called a robot without a separator.
 */
const automaticNames: readonly RegExp[] = [
  /[-_](?:bot|ci|robot)$/i,
  /[-_]bot(?=[-_])/i,
  /(?<=[a-z\d])Bot$/,
  /(?<=^[A-Z]?[a-z\d_-]{2,})(?<!ro|[aeio]l|ab|[ch]a|[jkrs]a|le|[aeiou]m|[aeou]r|[glrh]i|ui)bot$/,
  /[-_](?:automation|autoupdate|autoroll|jenkins|notifier|cla|auto|testing|staging)$/i,
  /(?<=[a-z])(?:Automation|Jenkins)$/,
]

/**
 * Whether an account is a person, a bot or an AI agent: what the configuration
 * says, then what is known for certain, then the type GitHub gives it, and only
 * last how its login looks.
 */
export function groupOf(
  account: Pick<AccountState, 'login' | 'type'>,
  overrides: GroupOverrides = { bots: [], ai: [], humans: [] },
): AccountGroup {
  return explainedGroupOf(account, overrides).group
}

/** The group of an account, and what decided: the first that applies, in the order of `groupOf`. */
export function explainedGroupOf(
  { login, type }: Pick<AccountState, 'login' | 'type'>,
  overrides: GroupOverrides = { bots: [], ai: [], humans: [] },
): { group: AccountGroup; reason: GroupReason } {
  const bare = withoutBotMark(login)
  const names = (logins: readonly string[]) => logins.some((one) => withoutBotMark(one) === bare)
  if (names(overrides.humans)) return { group: 'human', reason: { by: 'configuration' } }
  if (names(overrides.ai)) return { group: 'ai', reason: { by: 'configuration' } }
  if (names(overrides.bots)) return { group: 'bot', reason: { by: 'configuration' } }
  const agent = agentOfLogin(login)
  if (agent !== null) return { group: 'ai', reason: { by: 'known agent', agent } }
  if (bare !== login.toLowerCase()) return { group: 'bot', reason: { by: 'bot mark' } }
  if (type === 'Bot') return { group: 'bot', reason: { by: 'account type' } }
  if (knownBots.has(bare)) return { group: 'bot', reason: { by: 'known bot' } }
  const part = automaticPartOf(login)
  return part === null
    ? { group: 'human', reason: { by: 'nothing automatic' } }
    : { group: 'bot', reason: { by: 'name', part } }
}

function automaticPartOf(login: string): string | null {
  for (const pattern of automaticNames) {
    const [part] = pattern.exec(login) ?? []
    if (part !== undefined) return part
  }
  return null
}
