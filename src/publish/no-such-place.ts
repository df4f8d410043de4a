/** The repository has no such place: issues are turned off, or a category is missing. The message completes "cannot be posted: …". */
export class NoSuchPlace extends Error {
  override readonly name = 'NoSuchPlace'
}
