import { z } from 'zod'
import type { Octokit } from '../github-app.ts'
import { LaneClosed } from './read-history.ts'
import { restPage } from './rest-list.ts'

/** GitHub's largest page here, about seven months. */
export const weeksAPage = 30
/** GitHub has no page beyond this one. */
const mostPages = 100
const dayMs = 24 * 60 * 60_000

const Weeks = z.array(
  z.object({
    /** when it begins, in seconds */
    week: z.int().nonnegative(),
    /** stars given on each of its days that nobody has taken back since */
    days: z.array(z.int().nonnegative()).length(7),
  }),
)
type Week = z.output<typeof Weeks>[number]

/** How many stars there were when a day ended. */
export interface StarCount {
  /** midnight UTC that begins the day */
  day: Date
  stars: number
}

/**
 * The stars of every day on which some were given, oldest first: the whole of
 * it, since a count needs all that came before. GitHub tells no names. A star
 * that was taken back since is in none of its counts, so that of a day long
 * past may be lower than it was then.
 * https://github.blog/changelog/2026-09-04-new-api-endpoint-provides-privacy-safe-star-history-data
 * @throws LaneClosed for an answer of another shape
 */
export async function starHistory(
  octokit: Octokit,
  where: { owner: string; name: string },
): Promise<{ counts: StarCount[]; requests: number }> {
  const weeks: Week[] = []
  let query: string | null = `per_page=${weeksAPage}`
  let requests = 0
  while (query !== null && requests < mostPages) {
    const page = await restPage(octokit, where, { list: 'stargazers/history', query })
    requests += 1
    const { success, data: found } = Weeks.safeParse(page.data)
    if (!success) throw new LaneClosed('GitHub tells it in a way that is new to this version')
    weeks.push(...found)
    query = found.length === 0 ? null : page.next
  }
  return { counts: starCounts(weeks), requests }
}

/** A week that a page shows again, because a new one began meanwhile, counts once. */
function starCounts(weeks: readonly Week[]): StarCount[] {
  const byWeek = new Map(weeks.map(({ week, days }) => [week, days]))
  const given = [...byWeek]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([week, days]) =>
      days.map((stars, index) => ({ at: week * 1000 + index * dayMs, stars })),
    )
  let stars = 0
  return given.flatMap((day) => {
    stars += day.stars
    return day.stars === 0 ? [] : [{ day: new Date(Math.floor(day.at / dayMs) * dayMs), stars }]
  })
}
