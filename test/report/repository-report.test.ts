import { describe, expect, it } from 'vitest'
import type { RepositoryReport } from '../../src/report/json/report.ts'
import { renderRepositoryReport } from '../../src/report/repository-report.ts'

const both = (now: number | null, before: number | null) => ({ now, before })

const whole: RepositoryReport = {
  name: 'example-lab/engine',
  window: { from: new Date('2026-11-02T00:00:00Z'), to: new Date('2026-11-30T00:00:00Z') },
  commits: 214,
  authors: { total: 41, new: 12, returning: 29, bots: 1, ai: 1 },
  contributors: { total: 97, new: null, returning: null, bots: 3, ai: 1 },
  contributorAbsenceFactor: 7,
  areas: [
    { area: 'src/rope', commits: 40 },
    { area: 'docs', commits: 12 },
  ],
  agents: [{ agent: 'claude', commits: 9 }],
  months: [{ month: '2026-11', commits: 214, newAuthors: 12 }],
  joined: [{ name: 'Mona', signatures: 2, evidence: [{ by: 'name', value: 'mona lisa' }] }],
  project: {
    compared: {
      contributors: both(97, 88),
      outsideContributors: both(80, 71),
      newContributors: both(null, null),
      opened: both(130, 120),
      merged: both(96, 90),
      mergedFromOutside: both(60, 49),
      hoursToFirstResponse: both(6.2, 30),
      issuesNew: both(75, 80),
      issuesClosed: both(60, 66),
      newForks: both(412, 380),
      newStars: both(null, null),
    },
    forks: 12_402,
    stars: 40_112,
  },
  completeness: {
    source: 'graphql',
    readTo: new Date('2026-10-05T00:00:00Z'),
    forkOf: null,
    notRead: [{ what: 'stars by day', why: 'GitHub no longer tells who gave them' }],
    cost: { points: 31, requests: 33 },
  },
}

const little: RepositoryReport = {
  ...whole,
  name: 'someone/@mona',
  ...{ commits: null, authors: null, areas: null, agents: null, months: null, joined: null },
  contributors: { total: 0, new: null, returning: null, bots: 0, ai: 0 },
  contributorAbsenceFactor: null,
  project: {
    ...whole.project,
    compared: Object.fromEntries(
      Object.keys(whole.project.compared).map((metric) => [metric, both(null, null)]),
    ) as RepositoryReport['project']['compared'], // as: the same metrics
  },
  completeness: {
    ...whole.completeness,
    source: 'rest',
    forkOf: 'example-lab/engine',
    notRead: [{ what: 'commits', why: 'git could not fetch: @octocat said #1' }],
    cost: { points: 0, requests: 6 },
  },
}

describe('a report on a repository on GitHub', () => {
  it('answers the five questions', async () => {
    await expect(renderRepositoryReport(whole)).toMatchFileSnapshot(
      '__snapshots__/repository-report.whole.md',
    )
  })

  it('shows what is unknown as such, and lets no stranger speak', async () => {
    const text = renderRepositoryReport(little)
    expect(text).not.toMatch(/NaN|null|undefined|@mona|@octocat|#1/)
    await expect(text).toMatchFileSnapshot('__snapshots__/repository-report.little.md')
  })
})
