/** Says something at most once in a while, with how often it came up since: a storm must not bury the log. */
export function seldom<Said>(
  { now, everyMs }: { now: () => Date; everyMs: number },
  say: (said: Said, count: number) => void,
): (said: Said) => void {
  let saidAt = Number.NEGATIVE_INFINITY
  let count = 0
  return (said) => {
    count += 1
    const at = now().getTime()
    if (at - saidAt < everyMs) return
    say(said, count)
    saidAt = at
    count = 0
  }
}
