import type { Logger } from 'pino'
import type { TrackedRepository } from '../store/repositories.ts'
import type { Check, CommentId, Outcome, Post, Publisher, Reaction } from './publisher.ts'

/** Says what would be written, and writes nothing. Used when `DRY_RUN` is set. */
export class DryRunPublisher implements Publisher {
  readonly #log: Logger

  constructor(log: Logger) {
    this.#log = log
  }

  async publish({ repository, kind, key, target, body }: Post): Promise<Outcome> {
    this.#log.info(
      { repository: repository.id, kind, key, target, body },
      'Dry run: this would be posted',
    )
    return { state: 'left', why: 'dry run' }
  }

  async withdraw(repository: TrackedRepository, kind: string, key: string): Promise<void> {
    this.#log.info(
      { repository: repository.id, kind, key },
      'Dry run: the comment would be taken back',
    )
  }

  async closeEarlier(repository: TrackedRepository, kind: string, key: string): Promise<void> {
    this.#log.info(
      { repository: repository.id, kind, key },
      'Dry run: the earlier issue would be closed',
    )
  }

  async react(repository: TrackedRepository, { id: commentId }: CommentId, reaction: Reaction) {
    this.#log.info(
      { repository: repository.id, commentId, reaction },
      'Dry run: a reaction would be given',
    )
  }

  async check(repository: TrackedRepository, check: Check): Promise<void> {
    this.#log.info({ repository: repository.id, check }, 'Dry run: a check would be set')
  }
}
