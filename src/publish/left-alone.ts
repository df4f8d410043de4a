/** Nothing is written there, and that is no failure. The message says why, as in "left alone: the discussion is locked". */
export class LeftAlone extends Error {
  override readonly name = 'LeftAlone'
}
