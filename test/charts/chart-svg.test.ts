import { describe, expect, it } from 'vitest'
import { fromXml } from 'xast-util-from-xml'
import { chartSvg, themes } from '../../src/charts/chart-svg.ts'
import type { Chart } from '../../src/report/chart.ts'

type Root = ReturnType<typeof fromXml>
type Element = Extract<Root['children'][number], { type: 'element' }>

const steps = Array.from({ length: 26 }, (_, index) => `W${index + 22}`)
const forks: Chart = {
  name: 'forks',
  title: 'Forks in the network, 26 weeks: from 9,600 to 12,100',
  axis: 'forks in the network',
  steps,
  series: [{ name: 'forks', mark: 'line', values: steps.map((_, index) => 9_600 + index * 100) }],
}
const merges: Chart = {
  name: 'merges',
  title: 'Merged pull requests, 4 weeks: 15 in the last, 5 of them from outside',
  axis: 'merged pull requests',
  steps: steps.slice(-4),
  series: [
    { name: 'all', mark: 'bar', values: [12, 0, 1_204, 15] },
    { name: 'from outside', mark: 'line', values: [4, 0, 600, 5] },
  ],
}

/** A drawing, read as strictly as XML is. */
function read(svg: string) {
  const elements = elementsIn(fromXml(svg))
  return {
    root: elements[0]!,
    named: (name: string) => elements.filter((element) => element.name === name),
    texts: elements.filter(({ name }) => name === 'text').map(textOf),
    attributes: elements.flatMap(({ attributes }) => Object.entries(attributes)),
    names: new Set(elements.map(({ name }) => name)),
  }
}

function elementsIn({ children }: Root | Element): Element[] {
  return children.flatMap((child) =>
    child.type === 'element' ? [child, ...elementsIn(child)] : [],
  )
}

function textOf({ children }: Element): string {
  return children.map((child) => ('value' in child ? child.value : '')).join('')
}

describe.each(themes)('a chart for a %s page', (theme) => {
  it.each([forks, merges])('of $name loads nothing and runs nothing', (chart) => {
    const { names, attributes } = read(chartSvg(chart, theme))
    const drawn = ['svg', 'title', 'desc', 'rect', 'path', 'text', 'g', 'defs', 'clipPath']
    expect([...names].filter((name) => !drawn.includes(name))).toEqual([])
    for (const [name, value] of attributes) {
      expect(name).not.toMatch(/^on|href|src|class|ecmeta/)
      expect(String(value)).not.toMatch(/url\((?!#)|javascript|@import/i)
    }
  })

  it('says in words what it shows', () => {
    const { root, named } = read(chartSvg(merges, theme))
    expect(root.attributes).toMatchObject({
      role: 'img',
      'aria-labelledby': 'title',
      'aria-describedby': 'description',
    })
    expect(root.children[0]).toMatchObject({ name: 'title', attributes: { id: 'title' } })
    expect(named('title').map(textOf)).toEqual([merges.title])
    expect(named('desc').map(textOf)).toEqual([
      'all: W44 12, W45 0, W46 1,204, W47 15. from outside: W44 4, W45 0, W46 600, W47 5',
    ])
  })

  it('names its ends, its weeks and its series', () => {
    const line = read(chartSvg(forks, theme)).texts
    expect(line).toEqual(expect.arrayContaining(['9,600', '12,100', 'W47', 'W43', forks.axis]))
    expect(line).not.toContain('W46')
    const bars = read(chartSvg(merges, theme)).texts
    expect(bars).toEqual(expect.arrayContaining(['1,204', '15', 'all', 'from outside', 'W46']))
  })

  it('can be read', () => {
    const { named } = read(chartSvg(merges, theme))
    const ground = String(named('rect')[0]?.attributes.fill)
    for (const text of named('text')) {
      expect(contrast(String(text.attributes.fill), ground)).toBeGreaterThanOrEqual(7)
    }
    const strokes = named('path').flatMap(({ attributes }) =>
      Number(attributes['stroke-width'] ?? 0) > 1 ? [String(attributes.stroke)] : [],
    )
    expect(new Set(strokes).size).toBe(2)
    for (const stroke of strokes) expect(contrast(stroke, ground)).toBeGreaterThanOrEqual(3)
  })

  it('is the same however often it is drawn, and another one for other numbers', () => {
    const first = chartSvg(forks, theme)
    chartSvg(merges, theme)
    expect(chartSvg(forks, theme)).toBe(first)
    const [series] = forks.series
    const changed = { ...forks, series: [{ ...series!, values: steps.map(() => 7) }] }
    expect(chartSvg(changed, theme)).not.toBe(first)
  })

  it('takes words for words', () => {
    const hostile = '<script>alert(1)</script> & "\' &#64; </title>'
    const series = merges.series.map((each) => ({ ...each, name: hostile }))
    const { named, names, texts } = read(
      chartSvg({ ...merges, title: hostile, axis: hostile, series }, theme),
    )
    expect(names).not.toContain('script')
    expect(named('title').map(textOf)).toEqual([hostile])
    expect(texts).toContain(hostile)
  })
})

it('has different colours for the day and for the night', () => {
  expect(chartSvg(forks, 'light')).not.toBe(chartSvg(forks, 'dark'))
})

/** By WCAG, from 1 to 21. */
function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [one, other].map(luminance).sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(colour.slice(start, start + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
