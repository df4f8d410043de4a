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
  publishedAs,
  publishedBefore,
  releaseLease,
  rememberPublication,
} from '../store/publications.ts'
import type { TrackedRepository } from '../store/repositories.ts'
import { createCheck } from './checks.ts'
import { type Allowed, refuse } from './gate.ts'
import { names } from './issues.ts'
import { LeftAlone } from './left-alone.ts'
import { markedNonce, renderMarker } from './marker.ts'
import { NoSuchPlace } from './no-such-place.ts'
import { bodyHash, plan } from './plan.ts'
import {
  type Listed,
  type Posts,
  postsAt,
  removeComment,
  unlessGone,
  type Written,
} from './posts.ts'
import type { Check, CommentId, Outcome, Post, Publisher, Reaction } from './publisher.ts'
import { react } from './reactions.ts'

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

type Found = Written & { nonce: string | null }

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
      thread: 'thread' in post.target ? post.target.thread : null,
      at: now(),
      until: this.#leaseEnd(),
    })
    if (lease === null) throw new Later(2_000, 'Another worker has this publication')
    try {
      return await this.#publishLeased(post, key, lease)
    } catch (error) {
      if (error instanceof NoSuchPlace) return { state: 'nowhere', why: error.message }
      if (error instanceof LeftAlone) return { state: 'left', why: error.message }
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
    const posts = postsAt(octokit, post)
    const current = await this.#current(octokit, posts, { post, lease })
    if (current === 'gone') {
      await forgetPublication(this.#options.db, key, this.#options.now())
      return { state: 'left', why: 'a person deleted it' }
    }
    const nonce = current?.nonce ?? lease.nonce
    const marker = renderMarker({ ...key, nonce }, this.#options.markerKey)
    const body = `${marker}\n${post.body}`
    const planned = plan(body, current, lease.bodySha256)
    if (current !== null && planned.action === 'keep') {
      if (planned.why === 'edited by hand') return { state: 'left', why: 'a person edited it' }
      await this.#remember(key, { ...current, body }, nonce)
      return { state: 'unchanged', githubId: current.id, thread: current.thread }
    }
    if (current === null && (await this.#isOverBudget(post))) {
      return { state: 'left', why: 'the budget of posts for today is used up' }
    }
    return await this.#write(posts, { key, lease, body, nonce, current })
  }

  async #write(
    posts: Posts,
    write: {
      key: PublicationKey
      lease: Lease
      body: string
      nonce: string
      /** null: it is not there yet */
      current: Found | null
    },
  ): Promise<Outcome> {
    const { key, lease, body, nonce, current } = write
    const { db, now } = this.#options
    // Asked as late as can be: a worker that was suspended meanwhile must not write any more.
    const holds = await extendLease(db, key, {
      token: lease.token,
      until: this.#leaseEnd(),
      attemptedAt: current === null ? now() : null,
    })
    if (!holds) throw new Later(2_000, 'The lease on this publication was lost')
    const written =
      current === null
        ? await posts.create(body)
        : await unlessGone(() => posts.update(current, body))
    if (written === 'gone') {
      await forgetPublication(db, key, now())
      return { state: 'left', why: 'a person deleted it' }
    }
    await this.#remember(key, written, nonce)
    return {
      state: current === null ? 'posted' : 'updated',
      githubId: written.id,
      thread: written.thread,
    }
  }

  async #remember(
    key: PublicationKey,
    { id: githubId, nodeId, thread, body }: Written,
    nonce: string,
  ): Promise<void> {
    const { db, now } = this.#options
    const bodySha256 = bodyHash(body)
    await rememberPublication(db, key, { githubId, nodeId, thread, bodySha256, nonce, at: now() })
  }

  /** What GitHub shows of this publication: by its id where we know it, else by its marker. */
  async #current(
    octokit: Octokit,
    posts: Posts,
    { post, lease }: { post: Post; lease: Lease },
  ): Promise<Found | 'gone' | null> {
    if (lease.githubId !== null) {
      const known = { id: lease.githubId, nodeId: lease.nodeId }
      const read = await unlessGone(() => posts.read(known))
      if (read !== 'gone') return { ...read, nonce: null }
      // Before it counts as deleted by a person it is looked for where people would see it.
      return (await this.#listed(octokit, posts, post)) ?? 'gone'
    }
    const { now, settleMs } = this.#options
    if (lease.attemptedAt !== null) {
      // A write whose answer was lost may be there and not yet be listed.
      const elapsed = now().getTime() - lease.attemptedAt.getTime()
      if (elapsed < settleMs) throw new Later(settleMs - elapsed, 'A write is not settled yet')
    }
    return await this.#listed(octokit, posts, post)
  }

  /** The oldest that is ours and marked as this publication; comments that are so, too, are removed. */
  async #listed(octokit: Octokit, posts: Posts, post: Post): Promise<Found | null> {
    const own = (await posts.list()).flatMap((one) => {
      const nonce = this.#isOurs(one) ? this.#nonceOf(one.body, post) : null
      return nonce === null ? [] : [{ ...one, nonce }]
    })
    const [first, ...doubles] = own.sort((a, b) => a.id - b.id)
    if ('thread' in post.target) {
      for (const double of doubles) await removeComment(octokit, post.repository, double)
    }
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
    const published = await publishedAs(db, publication)
    if (published === null) return
    const octokit = await this.#octokit(repository)
    await unlessGone(() => removeComment(octokit, repository, published))
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

  async react(repository: TrackedRepository, comment: CommentId, reaction: Reaction) {
    await react(await this.#octokit(repository), repository, { comment, reaction })
  }

  async check(repository: TrackedRepository, check: Check): Promise<void> {
    await createCheck(await this.#octokit(repository), repository, check)
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
