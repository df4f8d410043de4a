/**
 * The same function, which remembers its latest results by what its arguments
 * say; they are plain JSON.
 */
export function remembered<Arguments extends readonly unknown[], Result>(
  most: number,
  work: (...given: Arguments) => Result,
): (...given: Arguments) => Result {
  const results = new Map<string, Result>()
  return (...given) => {
    const key = JSON.stringify(given)
    const known = results.get(key)
    const result = known ?? work(...given)
    // Put in anew, so that the first key is always the one that was not asked for the longest.
    results.delete(key)
    results.set(key, result)
    const [oldest] = results.keys()
    if (results.size > most && oldest !== undefined) results.delete(oldest)
    return result
  }
}
