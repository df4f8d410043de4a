import { agentOfLogin, withoutBotMark } from './ai-agent.ts'
import type { AccountState } from './fact.ts'

export type AccountGroup = 'human' | 'bot' | 'ai'

/** Logins that a repository's configuration puts into a group, `[bot]` or not, in any case. */
export interface GroupOverrides {
  bots: readonly string[]
  ai: readonly string[]
  humans: readonly string[]
}

/** Bots that run as plain user accounts, or did once, and whose logins do not say so. */
const knownBots: ReadonlySet<string> = new Set([
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
  'rustbot',
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

/** Only behind a separator: people called Talbot, Abbot or Cabot are people. */
const botEnding = /[-_](?:bot|ci|robot)$/

/**
 * Whether an account is a person, a bot or an AI agent: what the configuration
 * says, then what is known for certain, then the type GitHub gives it, and only
 * last how its login looks.
 */
export function groupOf(
  { login, type }: Pick<AccountState, 'login' | 'type'>,
  overrides: GroupOverrides = { bots: [], ai: [], humans: [] },
): AccountGroup {
  const bare = withoutBotMark(login)
  const names = (logins: readonly string[]) => logins.some((one) => withoutBotMark(one) === bare)
  if (names(overrides.humans)) return 'human'
  if (names(overrides.ai)) return 'ai'
  if (names(overrides.bots)) return 'bot'
  if (agentOfLogin(login) !== null) return 'ai'
  if (type === 'Bot' || bare !== login.toLowerCase()) return 'bot'
  return knownBots.has(bare) || botEnding.test(bare) ? 'bot' : 'human'
}
