/** The middle value, or the mean of the middle two. Null for no values. */
export function median(values: readonly number[]): number | null {
  return percentile(values, 0.5)
}

/**
 * The value below which `share` (0 to 1) of all values lie, interpolated
 * between its two neighbours. Null for no values.
 */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const position = (sorted.length - 1) * share
  const below = sorted[Math.floor(position)]
  const above = sorted[Math.ceil(position)]
  if (below === undefined || above === undefined) return null
  return below + (above - below) * (position - Math.floor(position))
}

/** `part / whole`. Null when either is unknown or the whole is zero: a share of nothing is no number. */
export function ratio(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole === 0 ? null : part / whole
}

/** Null for no values. */
export function mean(values: readonly number[]): number | null {
  return ratio(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
  )
}

/** The standard deviation of a sample. Null for fewer than two values. */
export function deviation(values: readonly number[]): number | null {
  const middle = mean(values)
  if (middle === null || values.length < 2) return null
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0)
  return Math.sqrt(squares / (values.length - 1))
}
