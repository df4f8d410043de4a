/**
 * The candidate that a mistyped word most likely stood for; null when none is
 * near enough to be worth suggesting.
 */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const lowered = word.toLowerCase()
  const furthest = Math.max(1, Math.floor(Math.min(word.length, 40) / 3))
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(lowered, candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= furthest)
    .toSorted((a, b) => a.distance - b.distance)
  return ranked[0]?.candidate ?? null
}

/** Optimal string alignment: insertions, deletions, replacements and swaps of neighbours. */
function editDistance(from: string, to: string): number {
  // The distance is at least the difference in length: no need to count a novel against a word.
  if (from.length > to.length * 2 + 2) return from.length - to.length
  let before: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1]
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        swapped ? at(before, column - 2) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    before = last
    last = current
  }
  return at(last, to.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY
}
