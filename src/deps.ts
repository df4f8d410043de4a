import type { Logger } from 'pino'
import type { Probot } from 'probot'
import type { Environment } from '../config/environment.ts'
import type { CompleteConfiguration } from '../config/repository.ts'
import type { HashEmail } from './events/signature.ts'
import type { GitHubApp } from './github/github-app.ts'
import type { Publisher } from './publish/publisher.ts'
import type { JobQueue } from './queue.ts'
import type { Database } from './store/database.ts'

/** What the two process entries make once and everything else is handed. */
export interface Deps {
  readonly environment: Environment
  readonly db: Database
  readonly queue: JobQueue
  readonly probot: Probot
  readonly github: GitHubApp
  readonly publisher: Publisher
  readonly defaults: CompleteConfiguration
  readonly hashEmail: HashEmail
  readonly log: Logger
  /** the only clock */
  readonly now: () => Date
}
