import { expect, it } from 'vitest'
import { planOf } from '../../src/github/history/plan.ts'

const at = new Date('2026-11-16T09:00:00Z')
const createdAt = new Date('2020-11-16T09:00:00Z')

it('plans a large project below the points of a third of an hour', () => {
  const plan = planOf(
    {
      createdAt,
      isPrivate: false,
      totals: {
        ...{ pull_requests: 30_000, issues: 30_000, releases: 300, forks: 10_000 },
        ...{ discussions: 500, review_comments: 80_000, stars: 25_000 },
      },
    },
    at,
  )
  expect(plan.lanes).toEqual([
    { lane: 'pull_requests', total: 30_000, pages: 613 },
    { lane: 'issues', total: 30_000, pages: 300 },
    { lane: 'releases', total: 300, pages: 3 },
    { lane: 'discussions', total: 500, pages: 42 },
    { lane: 'review_comments', total: 80_000, pages: 800 },
    { lane: 'stars', total: 25_000, pages: 11 },
  ])
  // Releases ride along, and forks are looked at afterwards; 3,600 long conversations come 25 at once.
  expect(plan.points).toBe(1 + 613 + 300 + 42 + 144)
  expect(plan.requests).toBe(1 + 800 + 11)
})

it('takes releases, and forks of a private repository, for what they cost where there is nothing that they could ride with', () => {
  const points = (isPrivate: boolean) =>
    planOf({ createdAt, isPrivate, totals: { forks: 250, releases: 1 } }, at).points
  expect(points(true)).toBe(1 + 3 + 1)
  expect(points(false)).toBe(1 + 1)
})

it('shows what is unknown as unknown, and nothing of nothing', () => {
  const { lanes, points, requests } = planOf(
    {
      createdAt: at,
      isPrivate: false,
      totals: { pull_requests: 0, issues: 0, discussions: null, stars: 0 },
    },
    at,
  )
  expect(lanes.filter(({ pages }) => pages === null).map(({ lane }) => lane)).toEqual([
    'releases',
    'discussions',
    'review_comments',
  ])
  expect({ points, requests }).toEqual({ points: 1, requests: 1 })
})
