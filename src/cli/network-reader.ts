import type { Environment } from '../../config/environment.ts'
import type { GitHubClient } from '../github/client.ts'
import type { PublicRepository } from '../github/public-repository.ts'
import type { Database } from '../store/database.ts'
import type { Cost, Tell } from './read-window.ts'

/** A fork network on GitHub, and what it is read with. */
export interface NetworkReader {
  client: GitHubClient
  repository: PublicRepository
  environment: Pick<Environment, 'github' | 'surroundings'>
  /** so many forks are compared at most */
  limit: number
  now: Date
  /** empty at first */
  db: Database
  tell: Tell
}

/** What was read of a network into the store, and what was not. */
export interface NetworkReading {
  cost: Cost
  /** pull requests to upstream by the fork they came from; null: none were read */
  pullRequests: Map<number, { open: number; lastOpenedAt: Date }> | null
  /** what is missing, in sentences */
  notes: string[]
}
