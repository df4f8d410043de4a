import type { Logger } from 'pino'
import { Probot, ProbotOctokit } from 'probot'
import type { Credentials, GitHubServer } from '../../config/environment.ts'
import { type BudgetBook, Governor, type Spending } from './governor.ts'

export type Octokit = Awaited<ReturnType<Probot['auth']>>

/** The App towards GitHub. Each installation has its own token, limits and throttle. */
export interface GitHubApp {
  readonly appId: number
  /** `https://github.com` or that of a GitHub Enterprise Server */
  readonly htmlUrl: string
  /** authenticated as the App itself, by JWT */
  asApp(): Promise<Octokit>
  /** every request passes the governor: it may throw LimitReached */
  installation(spending: Spending): Promise<Octokit>
}

interface Options {
  credentials: Credentials
  github: GitHubServer
  log: Logger
  /** shares the throttle between processes; null: each its own */
  redisUrl: string | null
  /** false where nobody has to be spared: a GitHub double on this machine */
  throttle: boolean
  /** null: no installation is asked anything, or one that nobody else asks */
  budgets: { book: BudgetBook; now: () => Date } | null
}

/** GitHub answers within ten seconds or not at all. */
const requestTimeoutMs = 15_000

/** A Probot that serves as registry of handlers and as client; HTTP is ours (see docs/decisions.md). */
export async function openGitHubApp(
  options: Options,
): Promise<{ probot: Probot; github: GitHubApp }> {
  const { credentials, github, log, redisUrl, throttle, budgets } = options
  const Octokit = ProbotOctokit.defaults(
    (given: ConstructorParameters<typeof ProbotOctokit>[0]) => ({
      ...given,
      // A job that has to wait says so to the queue; waiting inside a request would hold its lock.
      throttle: {
        ...given?.throttle,
        enabled: throttle,
        onRateLimit: () => false,
        onSecondaryRateLimit: () => false,
      },
      // The queue retries; four identical requests for one timeout would cost points four times.
      retry: { enabled: false },
    }),
  )
  const probot = new Probot({
    appId: credentials.appId,
    privateKey: credentials.privateKey,
    secret: credentials.webhookSecret,
    baseUrl: github.apiUrl,
    log,
    Octokit,
    ...(redisUrl === null || !throttle ? {} : { redisConfig: redisUrl }),
    request: {
      fetch: (url: string | URL, init: RequestInit) =>
        fetch(url, { ...init, signal: AbortSignal.timeout(requestTimeoutMs) }),
    },
  })
  await probot.ready()
  return {
    probot,
    github: {
      appId: credentials.appId,
      htmlUrl: github.htmlUrl,
      asApp: () => probot.auth(),
      installation: async (spending) => {
        const octokit = await probot.auth(spending.installationId)
        if (budgets === null) return octokit
        const governor = new Governor(spending, budgets)
        octokit.hook.wrap('request', (request, asked) =>
          governor.govern(asked.url.endsWith('/graphql') ? 'graphql' : 'core', async () =>
            request(asked),
          ),
        )
        return octokit
      },
    },
  }
}
