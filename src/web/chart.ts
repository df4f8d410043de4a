import type { Context, Hono } from 'hono'
import { etag } from 'hono/etag'
import { z } from 'zod'
import { chartSvg, type Theme, themes } from '../charts/chart-svg.ts'
import type { Deps } from '../deps.ts'
import { weekAfter, weekNamed } from '../metrics/window.ts'
import type { Chart } from '../report/chart.ts'
import { keptChart } from '../store/kept-chart.ts'
import { remembered } from './remembered.ts'

/** As `digestCharts` made it, maybe long ago. */
const Drawn = z.object({
  name: z.enum(['forks', 'merges']),
  language: z.enum(['en', 'zh-CN']).optional(),
  title: z.string(),
  axis: z.string(),
  steps: z.array(z.string()),
  series: z.array(
    z.object({ name: z.string(), mark: z.enum(['bar', 'line']), values: z.array(z.number()) }),
  ),
}) satisfies z.ZodType<Chart>

/** Which weeks there are is the same for every repository. */
const weekRule = { zone: 'utc', start: 'monday' } as const

/** Drawing takes the processor a few milliseconds, and a popular digest is looked at by many. */
const drawingsKept = 200

/**
 * `/chart/:owner/:name/:chart.svg?theme=dark&week=2026-W47`: a chart as the
 * digest of that week showed it; without a week the latest. A private, an
 * unknown and a watched repository without the chart get the same answer.
 */
export function chartRoutes(pages: Hono, { db, now }: Pick<Deps, 'db' | 'now'>): void {
  const draw = remembered(drawingsKept, (chart: Chart, theme: Theme) => chartSvg(chart, theme))

  pages.get('/chart/:owner{[\\w.-]+}/:name{[\\w.-]+}/:file{[a-z]+\\.svg}', etag(), async (c) => {
    const asked = read(c)
    if ('fault' in asked) return c.text(asked.fault, 400, { 'cache-control': 'no-store' })
    const { theme, week } = asked
    const { owner, name, file } = c.req.param()
    const chart = file.slice(0, -'.svg'.length)
    const drawn = Drawn.safeParse(await keptChart(db, { owner, name, chart, week }))
    if (!drawn.success) return await c.notFound()
    return c.body(draw(drawn.data, theme), 200, {
      'content-type': 'image/svg+xml; charset=utf-8',
      'cache-control': cachedFor(week, now()),
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      // GitHub's proxy and other sites may show it.
      'cross-origin-resource-policy': 'cross-origin',
    })
  })
}

function read(c: Context): { theme: Theme; week: string | null } | { fault: string } {
  const { theme: given = 'light', week } = c.req.query()
  const theme = themes.find((one) => one === given)
  if (theme === undefined) return { fault: 'theme: use light or dark.\n' }
  if (week !== undefined && weekNamed(week, weekRule) === null) {
    return { fault: 'week: there is no such week. Use one like 2026-W47, or leave it out.\n' }
  }
  return { theme, week: week ?? null }
}

/** A digest may be written anew until what it says of forks is no longer known: two weeks after its own, wherever it began. */
function cachedFor(name: string | null, now: Date): string {
  const week = name === null ? null : weekNamed(name, weekRule)
  const isSettled = week !== null && now > weekAfter(week, 3).from
  return isSettled ? 'public, max-age=31536000, immutable' : 'public, max-age=3600'
}
