import { randomBytes } from 'node:crypto'
import type { GitHubApp, Octokit } from '../github/github-app.ts'
import { repositoryUrl } from '../github/repository-url.ts'
import { chartsUrl } from '../public-addresses.ts'
import { Hopeless, Later } from '../queue.ts'
import type { Database } from '../store/database.ts'
import {
  extendLease,
  forgetPublication,
  type Lease,
  leasePublication,
  type PublicationKey,
  postsSince,
  publishedBefore,
  publishedId,
  releaseLease,
  rememberPublication,
} from '../store/publications.ts'
import type { TrackedRepository } from '../store/repositories.ts'
import { type Allowed, refuse } from './gate.ts'
import { markedNonce, renderMarker } from './marker.ts'
import { NoSuchPlace } from './no-such-place.ts'
import { bodyHash, plan } from './plan.ts'
import {
  create,
  type Found,
  type Listed,
  list,
  names,
  readPost,
  remove,
  unlessGone,
  update,
} from './posts.ts'
import type { Check, Outcome, Post, Publisher, Reaction } from './publisher.ts'

interface Options {
  db: Database
  github: GitHubApp
  /** see markerKey */
  markerKey: Buffer
  now: () => Date
  /** where everybody reaches this server; null: nowhere */
  publicUrl: string | null
  /** how long a write whose answer was lost may take to show in lists */
  settleMs?: number
}

/** Twice what one request may take: only a worker that died, or was suspended, loses its lease. */
const leaseMs = 30_000
const dayMs = 24 * 60 * 60_000

/**
 * Publishes once. GitHub has no idempotency key, so: one row and one lease a
 * publication; what is there already is looked for before anything is created;
 * and when the answer to a write was lost, it is looked for again before the
 * next try. See docs/architecture.md, "Published once".
 */
export class GitHubPublisher implements Publisher {
  readonly #options: Options & { settleMs: number }

  constructor(options: Options) {
    this.#options = { settleMs: 5_000, ...options }
  }

  async publish(post: Post): Promise<Outcome> {
    const { db, now } = this.#options
    const fault = refuse(post.body, this.#allowed(post))
    if (fault !== null) throw new Hopeless(`The body may not be posted: ${fault}`)
    const key = { repositoryId: post.repository.id, kind: post.kind, key: post.key }
    const token = randomBytes(8).toString('hex')
    const lease = await leasePublication(db, key, {
      token,
      nonce: randomBytes(8).toString('hex'),
      thread: post.target.type === 'comment' ? post.target.thread : null,
      at: now(),
      until: this.#leaseEnd(),
    })
    if (lease === null) throw new Later(2_000, 'Another worker has this publication')
    try {
      return await this.#publishLeased(post, key, lease)
    } catch (error) {
      if (error instanceof NoSuchPlace) return { state: 'nowhere', why: error.message }
      throw error
    } finally {
      await releaseLease(db, key, token)
    }
  }

  #allowed({ repository, others = [] }: Post): Allowed {
    const { github, publicUrl } = this.#options
    return {
      urlBases: [
        ...[repository, ...others].map((each) => repositoryUrl(github, each)),
        ...(publicUrl === null ? [] : [publicUrl]),
      ],
      chartsUrl: chartsUrl(publicUrl, repository),
    }
  }

  async #publishLeased(post: Post, key: PublicationKey, lease: Lease): Promise<Outcome> {
    if (lease.goneAt !== null) return { state: 'left', why: 'a person deleted it' }
    const octokit = await this.#octokit(post.repository)
    const current = await this.#current(octokit, post, lease)
    if (current === 'gone') {
      await forgetPublication(this.#options.db, key, this.#options.now())
      return { state: 'left', why: 'a person deleted it' }
    }
    const nonce = current?.nonce ?? lease.nonce
    const marker = renderMarker({ ...key, nonce }, this.#options.markerKey)
    const body = `${marker}\n${post.body}`
    const planned = plan(body, current, lease.bodySha256)
    if (planned.action === 'keep') {
      const state = { githubId: planned.id, thread: current?.thread ?? null, nonce }
      if (planned.why === 'edited by hand') return { state: 'left', why: 'a person edited it' }
      await this.#remember(key, { ...state, bodySha256: bodyHash(body) })
      return { state: 'unchanged', githubId: planned.id, thread: current?.thread ?? 0 }
    }
    if (planned.action === 'create' && (await this.#isOverBudget(post))) {
      return { state: 'left', why: 'the budget of posts for today is used up' }
    }
    return await this.#write(octokit, { post, key, lease, body, nonce, planned })
  }

  async #write(
    octokit: Octokit,
    write: {
      post: Post
      key: PublicationKey
      lease: Lease
      body: string
      nonce: string
      planned: { action: 'create' } | { action: 'update'; id: number }
    },
  ): Promise<Outcome> {
    const { post, key, lease, body, nonce, planned } = write
    const { db, now } = this.#options
    // Asked as late as can be: a worker that was suspended meanwhile must not write any more.
    const holds = await extendLease(db, key, {
      token: lease.token,
      until: this.#leaseEnd(),
      attemptedAt: planned.action === 'create' ? now() : null,
    })
    if (!holds) throw new Later(2_000, 'The lease on this publication was lost')
    const written =
      planned.action === 'create'
        ? await create(octokit, post, body)
        : await update(octokit, post, { id: planned.id, body })
    if (written === 'gone') {
      await forgetPublication(db, key, now())
      return { state: 'left', why: 'a person deleted it' }
    }
    await this.#remember(key, {
      githubId: written.id,
      thread: written.thread,
      bodySha256: bodyHash(written.body),
      nonce,
    })
    return {
      state: planned.action === 'create' ? 'posted' : 'updated',
      githubId: written.id,
      thread: written.thread,
    }
  }

  async #remember(
    key: PublicationKey,
    posted: { githubId: number; thread: number | null; bodySha256: string; nonce: string },
  ): Promise<void> {
    await rememberPublication(this.#options.db, key, { ...posted, at: this.#options.now() })
  }

  /** What GitHub shows of this publication: by its id where we know it, else by its marker. */
  async #current(octokit: Octokit, post: Post, lease: Lease): Promise<Found | 'gone' | null> {
    if (lease.githubId !== null) {
      const read = await readPost(octokit, post, lease.githubId)
      // Before it counts as deleted by a person it is looked for where people would see it.
      return read === 'gone' ? ((await this.#listed(octokit, post)) ?? 'gone') : read
    }
    const { now, settleMs } = this.#options
    if (lease.attemptedAt !== null) {
      // A write whose answer was lost may be there and not yet be listed.
      const elapsed = now().getTime() - lease.attemptedAt.getTime()
      if (elapsed < settleMs) throw new Later(settleMs - elapsed, 'A write is not settled yet')
    }
    return await this.#listed(octokit, post)
  }

  /** The oldest that is ours and marked as this publication; comments that are so, too, are removed. */
  async #listed(octokit: Octokit, post: Post): Promise<Found | null> {
    const shown = await list(octokit, post)
    const own = shown.flatMap((one) => {
      const nonce = this.#isOurs(one) ? this.#nonceOf(one.body, post) : null
      return nonce === null ? [] : [{ ...one, nonce }]
    })
    const [first, ...doubles] = own.sort((a, b) => a.id - b.id)
    if (post.target.type === 'comment') await remove(octokit, post, doubles)
    return first ?? null
  }

  #nonceOf(body: string, { repository, kind, key }: Post): string | null {
    return markedNonce(body, { repositoryId: repository.id, kind, key }, this.#options.markerKey)
  }

  /** Written by this App. Some servers do not say which App it was: then a bot with a true MAC. */
  #isOurs({ app, byBot }: Listed): boolean {
    return app === undefined ? byBot : app === this.#options.github.appId
  }

  async #isOverBudget({ repository, budget }: Post): Promise<boolean> {
    if (budget === null) return false
    const { db, now } = this.#options
    const since = new Date(now().getTime() - dayMs)
    return (await postsSince(db, repository.id, since)) >= budget
  }

  async withdraw(repository: TrackedRepository, kind: string, key: string): Promise<void> {
    const { db, now } = this.#options
    const publication = { repositoryId: repository.id, kind, key }
    const githubId = await publishedId(db, publication)
    if (githubId === null) return
    const octokit = await this.#octokit(repository)
    await unlessGone(async () => {
      await octokit.rest.issues.deleteComment({ ...names(repository), comment_id: githubId })
    })
    await forgetPublication(db, publication, now())
  }

  async closeEarlier(repository: TrackedRepository, kind: string, key: string): Promise<void> {
    const [earlier] = await publishedBefore(this.#options.db, {
      repositoryId: repository.id,
      kind,
      key,
    })
    if (earlier?.thread == null) return
    const octokit = await this.#octokit(repository)
    await octokit.rest.issues.update({
      ...names(repository),
      issue_number: earlier.thread,
      state: 'closed',
      state_reason: 'completed',
    })
  }

  async react(repository: TrackedRepository, commentId: number, reaction: Reaction) {
    const octokit = await this.#octokit(repository)
    // GitHub keeps one reaction of a kind from each account: a second one changes nothing.
    await octokit.rest.reactions.createForIssueComment({
      ...names(repository),
      comment_id: commentId,
      content: reaction,
    })
  }

  async check(repository: TrackedRepository, check: Check): Promise<void> {
    const octokit = await this.#octokit(repository)
    await octokit.rest.checks.create({
      ...names(repository),
      name: check.name,
      head_sha: check.sha,
      status: 'completed',
      conclusion: check.conclusion,
      output: {
        title: check.title,
        summary: check.summary,
        annotations: check.problems.slice(0, 50).map(({ line, message }) => ({
          path: check.path,
          start_line: line,
          end_line: line,
          annotation_level: check.conclusion === 'failure' ? 'failure' : 'warning',
          message,
        })),
      },
    })
  }

  async #octokit({ id: repositoryId, installationId }: TrackedRepository): Promise<Octokit> {
    return await this.#options.github.installation({
      installationId,
      repositoryId,
      purpose: 'posts',
    })
  }

  #leaseEnd(): Date {
    return new Date(this.#options.now().getTime() + leaseMs)
  }
}
