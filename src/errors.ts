/**
 * An error whose text is for the person who asked: what is wrong, where, what
 * to do. Everything else that is thrown is for the operator and is only logged.
 */
export class UserError extends Error {
  override readonly name = 'UserError'
}
