export type Resource = 'core' | 'graphql'

interface Bucket {
  limit: number
  used: number
  resetAt: Date
}

const hour = 60 * 60 * 1000

/** GitHub's primary limits: so many requests or points an hour, counted from the first one. */
export class RateLimits {
  readonly limits: Record<Resource, number> = { core: 5000, graphql: 5000 }
  /** both spellings were seen on GitHub */
  graphqlErrorType: 'RATE_LIMITED' | 'RATE_LIMIT' = 'RATE_LIMITED'
  readonly #buckets = new Map<string, Bucket>()
  readonly #now: () => Date

  constructor(now: () => Date) {
    this.#now = now
  }

  /** `owner` is whose budget it is: an installation, the App, a user or an address. */
  bucket(owner: string, resource: Resource): Bucket {
    const key = `${owner} ${resource}`
    const known = this.#buckets.get(key)
    if (known && this.#now() < known.resetAt) return known
    const limit = owner === 'anonymous' ? 60 : this.limits[resource]
    const fresh = { limit, used: 0, resetAt: new Date(this.#now().getTime() + hour) }
    this.#buckets.set(key, fresh)
    return fresh
  }

  /** Takes from a budget; false, and nothing taken, where it does not reach. */
  spend(owner: string, resource: Resource, points: number): boolean {
    const bucket = this.bucket(owner, resource)
    if (bucket.used + points > bucket.limit) return false
    bucket.used += points
    return true
  }

  setRemaining(owner: string, resource: Resource, remaining: number): void {
    const bucket = this.bucket(owner, resource)
    bucket.used = bucket.limit - remaining
  }

  headers(owner: string, resource: Resource): Record<string, string> {
    const { limit, used, resetAt } = this.bucket(owner, resource)
    return {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(limit - used),
      'x-ratelimit-used': String(used),
      'x-ratelimit-reset': String(Math.ceil(resetAt.getTime() / 1000)),
      'x-ratelimit-resource': resource,
    }
  }

  /** `rate-limit` */
  shape(owner: string, resource: Resource) {
    const { limit, used, resetAt } = this.bucket(owner, resource)
    return { limit, used, remaining: limit - used, reset: Math.ceil(resetAt.getTime() / 1000) }
  }
}
