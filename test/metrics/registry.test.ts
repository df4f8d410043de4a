import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { measure } from '../../src/metrics/measure.ts'
import { anchorOf, type Description, type Metric } from '../../src/metrics/metric.ts'
import { reportMetrics } from '../../src/metrics/project-report.ts'
import { definedAt, registry } from '../../src/metrics/registry.ts'
import { digestMetrics } from '../../src/metrics/week-measures.ts'
import { anyHistory } from './any-history.ts'
import { definitionsPage } from './definitions-page.ts'
import { completeness, history, week47 } from './histories.ts'

const folder = fileURLToPath(new URL('../../src/metrics/', import.meta.url))
const described: Description[] = registry.flatMap(({ metrics }) => [...metrics])
const measured = described.filter((each): each is Metric => 'measure' in each)

describe('the registry', () => {
  it('is what docs/metrics.md says', async () => {
    await expect(
      definitionsPage(),
      'docs/metrics.md is stale; npx vitest run --project pure test/metrics/registry.test.ts -u writes it anew',
    ).toMatchFileSnapshot('../../docs/metrics.md')
  })

  it('gives each name an address of its own, by letters and hyphens alone', () => {
    const anchors = described.map(anchorOf)
    expect(anchors.filter((anchor) => !/^[a-z]+(?:-[a-z]+)*$/.test(anchor))).toEqual([])
    expect(new Set(anchors).size).toBe(anchors.length)
    expect(anchors).toContain('contributor-absence-factor')
  })

  it('holds every metric that is described in a file', async () => {
    const names = readdirSync(folder).map((file) => file.replace(/\.ts$/, ''))
    const found: unknown[] = []
    for (const name of names) {
      const all: Record<string, unknown> = await import(`../../src/metrics/${name}.ts`)
      found.push(
        ...Object.entries(all).flatMap(([name, value]) => (isDescription(name) ? value : [])),
      )
    }
    expect(found.length).toBeGreaterThan(40)
    expect(new Set(described)).toEqual(new Set(found))
  })

  it('knows where each number of a digest and of an answer is defined', () => {
    const shown: Metric[] = [...Object.values(digestMetrics), ...Object.values(reportMetrics)]
    expect(shown.filter((metric) => definedAt(metric) === null)).toEqual([])
    expect(definedAt({ name: 'Number of Downloads' })).toBeNull()
  })

  it('is written in sentences', () => {
    for (const { name, definition, choice, nullMeans } of described) {
      expect(definition, name).toMatch(/^[A-Z][^!]*\.$/)
      if (choice !== null) expect(choice, name).toMatch(/^[A-Z\d][^!]*\.$/)
      expect(nullMeans, name).toMatch(/^[a-z][^!]*[^.!]$/)
    }
  })
})

describe.each(measured.map((metric) => [metric.name, metric] as const))('%s', (_, metric) => {
  it('is unknown where nothing is known', () => {
    const nothing = { ...completeness, trackedSince: null, backfilledTo: null }
    expect(measure(metric, history({ completeness: nothing }), week47)).toMatchObject({
      now: null,
      before: null,
      trailingMedian: null,
    })
  })

  it('is never something that is no number of its unit, whatever happened', () => {
    fc.assert(
      fc.property(anyHistory, (project) => {
        const { now, before, series } = measure(metric, project, week47)
        expect(before).toBe(series.at(-2))
        expect(series.at(-1)).toBe(now)
        for (const value of series) {
          if (value !== null) expect(fits(metric, value), `${value} ${metric.unit}`).toBe(true)
        }
      }),
      { numRuns: 20 },
    )
  })
})

function isDescription(name: string): boolean {
  return /^[a-z]\w+(?:Metric|Description)$/.test(name)
}

function fits({ unit, name }: Metric, value: number): boolean {
  if (!Number.isFinite(value)) return false
  if (unit === 'standard deviations' || name === 'Fork Network Growth') return true
  if (unit === 'share') return value >= 0 && value <= 1
  if (unit === 'hours' || unit === 'ratio') return value >= 0
  return Number.isInteger(value) && value >= 0
}
