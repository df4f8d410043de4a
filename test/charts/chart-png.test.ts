import { describe, expect, it } from 'vitest'
import { chartPng } from '../../src/charts/chart-png.ts'
import type { Chart } from '../../src/report/chart.ts'

const size = { width: 480, height: 220 }
const steps = Array.from({ length: 9 }, (_, index) => `W${index + 39}`)
const merges: Chart = {
  name: 'merges',
  title: 'Merged pull requests, 9 weeks: 1,215 in the last, 402 of them from outside',
  axis: 'merged pull requests',
  steps,
  series: [
    { name: 'all', mark: 'bar', values: steps.map((_, index) => 1_087 + index * 16) },
    { name: 'from outside', mark: 'line', values: steps.map((_, index) => 402 - index) },
  ],
}
/** The same numbers with words that the font has no letters for. */
const inChinese: Chart = {
  ...merges,
  title: '9 周内合并的拉取请求',
  axis: '合并的拉取请求',
  series: merges.series.map((series, index) => ({
    ...series,
    name: index === 0 ? '全部' : '来自外部',
  })),
}

describe('a chart as PNG', () => {
  it('is twice as large as it is shown, and small enough for a mail', async () => {
    const png = await chartPng(merges, size)
    expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
    expect(png.subarray(12, 16).toString('latin1')).toBe('IHDR')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([960, 440])
    expect(png.length).toBeLessThan(60_000)
  })

  it('is the same picture in every language, so no letter is missing in any', async () => {
    const png = await chartPng(merges, size)
    expect((await chartPng(inChinese, size)).equals(png)).toBe(true)
  })

  it('shows its numbers and its weeks', async () => {
    const png = await chartPng(merges, size)
    const renamed = { ...merges, steps: steps.map((step) => step.replace('4', '5')) }
    expect((await chartPng(renamed, size)).equals(png)).toBe(false)
    // A letter that the font lacks is drawn as a box, whichever it is.
    const boxes = ['中', '文'].map((letter) => ({ ...merges, steps: steps.map(() => letter) }))
    const [one, another] = await Promise.all(boxes.map((chart) => chartPng(chart, size)))
    expect(one?.equals(another ?? png)).toBe(true)
  })
})
