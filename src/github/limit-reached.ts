/** A limit of GitHub's is in the way, or what is left before it is kept for those who wait. */
export class LimitReached extends Error {
  override readonly name = 'LimitReached'
  readonly until: Date

  constructor(until: Date, reason: string) {
    super(reason)
    this.until = until
  }
}
