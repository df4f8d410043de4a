/**
 * Contributor Absence Factor (CHAOSS, formerly "Bus Factor"): the smallest
 * number of people who together made half of all contributions. CHAOSS leaves
 * open what exactly half means; here it is enough.
 * https://chaoss.community/kb/metric-bus-factor/
 *
 * @param contributions how many each person made
 * @returns null when nobody contributed: no activity is not "zero people"
 */
export function contributorAbsenceFactor(contributions: readonly number[]): number | null {
  const total = contributions.reduce((sum, count) => sum + count, 0)
  if (total === 0) return null

  let covered = 0
  let people = 0
  for (const count of contributions.toSorted((a, b) => b - a)) {
    covered += count
    people += 1
    if (covered >= total / 2) break
  }
  return people
}
