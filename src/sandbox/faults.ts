/** A fault on demand: the next `times` requests that match fail in this way. */
export interface Fault {
  /** any method where left out */
  method?: string
  /** matched against the path below the API's root, `/repos/octo/model/issues`; GraphQL is `/graphql` */
  path: RegExp
  /** the name of a GraphQL operation; any where left out */
  operation?: string
  /**
   * a status to answer with; `drop` closes the connection before anything is
   * done, `commit-then-drop` after, `cut` in the middle of the answer, `hang`
   * never answers
   */
  status: number | 'drop' | 'hang' | 'commit-then-drop' | 'cut'
  /** once, where left out */
  times?: number
  body?: unknown
  headers?: Record<string, string>
}

export class Faults {
  readonly #waiting: { fault: Fault; left: number }[] = []

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 })
  }

  clear(): void {
    this.#waiting.length = 0
  }

  /** The fault that this request meets; it counts as used up. */
  take(method: string, path: string, operation: string | null): Fault | null {
    const met = this.#waiting.find(
      ({ fault, left }) =>
        left > 0 &&
        (fault.method ?? method) === method &&
        (fault.operation ?? operation) === operation &&
        path.search(fault.path) >= 0,
    )
    if (!met) return null
    met.left -= 1
    return met.fault
  }
}

/** GitHub's answer when writes come too fast. */
export function secondaryRateLimit(
  retryAfterSeconds: number,
): Pick<Fault, 'status' | 'body' | 'headers'> {
  return {
    status: 403,
    headers: { 'retry-after': String(retryAfterSeconds) },
    body: {
      documentation_url:
        'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits',
      message:
        'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    },
  }
}
