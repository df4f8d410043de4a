/** How one attempt to send something outside of GitHub ended. */
export type Attempt =
  /** `note`: what whoever runs the server should know all the same */
  | { state: 'sent'; note: string | null }
  /** answered, and will not be otherwise however often it is tried */
  | { state: 'refused'; reason: string }
  /** it went out, and what became of it is not known */
  | { state: 'unknown'; reason: string }
  /** certainly nothing was delivered: try again, after `waitMs` where the other side said when */
  | { state: 'not sent'; reason: string; waitMs: number | null }
