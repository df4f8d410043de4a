const mostAreas = 20

/**
 * The first directories of these paths, two levels at most, the most frequent
 * first: `src/rope/scale.py` is in `src/rope/`. Files at the top are in no area.
 */
export function areasOf(paths: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const path of paths) {
    const directories = path.split('/').slice(0, -1)
    if (directories.length === 0) continue
    const area = `${directories.slice(0, 2).join('/')}/`
    counts.set(area, (counts.get(area) ?? 0) + 1)
  }
  return [...counts]
    .toSorted(([a, inA], [b, inB]) => inB - inA || (a < b ? -1 : 1))
    .slice(0, mostAreas)
    .map(([area]) => area)
}
