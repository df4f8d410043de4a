import fc from 'fast-check'
import type { Nodes } from 'hast'
import { raw } from 'hast-util-raw'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { toHast } from 'mdast-util-to-hast'
import { gfm } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'
import { refuse } from '../../src/publish/gate.ts'
import { chartBlock } from '../../src/report/chart.ts'
import { details, paragraph, serialise } from '../../src/report/markdown.ts'
import { place, week } from '../report/samples.ts'

const chartsUrl = 'https://groundswell.example/chart/example-lab/engine'
const allowed = { urlBases: ['https://github.com/example-lab/engine'], chartsUrl }

const picture = (given: Partial<Record<'dark' | 'light' | 'alt' | 'name', string>> = {}) => {
  const { name = 'forks', alt = 'Forks in the network, 26 weeks: from 960 to 1,240' } = given
  const {
    dark = `${chartsUrl}/${name}.svg?theme=dark&amp;week=2026-W47`,
    light = `${chartsUrl}/${name}.svg?theme=light&amp;week=2026-W47`,
  } = given
  return `<picture>\n<source media="(prefers-color-scheme: dark)" srcset="${dark}">\n<img alt="${alt}" src="${light}">\n</picture>`
}

describe('the gate lets through', () => {
  it.each([
    ['a chart', picture()],
    ['the other chart', picture({ name: 'merges' })],
    ['a chart between texts', `Before\n\n${picture()}\n\nAfter`],
    ['a chart to unfold', `<details>\n<summary>More</summary>\n\n${picture()}\n\n</details>`],
  ])('%s', (_, body) => {
    expect(refuse(body, allowed)).toBeNull()
  })

  it('what is rendered', () => {
    const chart = {
      name: 'forks',
      title: 'Forks',
      axis: 'forks',
      steps: ['W47'],
      series: [],
    } as const
    const block = chartBlock(chart, { week, place: { ...place, chartsUrl } })
    const body = serialise([paragraph('Before'), ...details('More', block)])
    expect(body).toContain('<picture>')
    expect(refuse(body, allowed)).toBeNull()
  })
})

/** As our own addresses end. */
const url = (path: string) => `${path}?theme=light&amp;week=2026-W47`

describe('the gate refuses', () => {
  it.each([
    ['a chart where none is allowed', picture(), null],
    ['the charts of another repository', picture(), chartsUrl.replace('engine', 'other')],
    ['the charts of another server', picture(), chartsUrl.replace('groundswell', 'evil')],
    ['the charts of a longer name', picture(), chartsUrl.replace(/.$/, '')],
  ])('%s', (_, body, charts) => {
    expect(refuse(body, { ...allowed, chartsUrl: charts })).not.toBeNull()
  })

  it.each([
    ['another host', picture({ light: url('https://evil.example/forks.svg') })],
    ['another host for the night', picture({ dark: url('https://evil.example/forks.svg') })],
    [
      'a host behind a name',
      picture({
        light: url(`https://groundswell.example@evil.example/chart/example-lab/engine/forks.svg`),
      }),
    ],
    ['a way out by dots', picture({ name: '../engine/forks' })],
    ['a way out by coded dots', picture({ name: '%2e%2e/forks' })],
    ['a file below', picture({ name: 'a/forks' })],
    [
      'a second address',
      picture({
        dark: `${chartsUrl}/forks.svg?theme=dark&amp;week=2026-W47, https://evil.example/x.svg 2x`,
      }),
    ],
    [
      'two different charts',
      picture({ dark: `${chartsUrl}/merges.svg?theme=dark&amp;week=2026-W47` }),
    ],
    [
      'two different weeks',
      picture({ dark: `${chartsUrl}/forks.svg?theme=dark&amp;week=2026-W46` }),
    ],
    [
      'a further parameter',
      picture({ light: `${chartsUrl}/forks.svg?theme=light&amp;week=2026-W47&amp;to=x` }),
    ],
    ['a fragment', picture({ light: `${chartsUrl}/forks.svg?theme=light&amp;week=2026-W47#x` })],
    ['a further attribute', picture({ alt: 'x" onerror="alert(1)' })],
    ['a size', picture().replace('<img', '<img width="1"')],
    ['a mention beside it', picture({ alt: 'cc @mona' })],
    ['a stranger’s thread beside it', picture({ alt: 'other/repo#1' })],
    ['an entity beside it', picture({ alt: '&#64;mona' })],
    ['a tag beside it', picture({ alt: '<b>' })],
    [
      'a second image',
      picture().replace('</picture>', `<img src="${chartsUrl}/forks.svg">\n</picture>`),
    ],
    ['a second picture', `${picture()}\n${picture()}`],
    ['something before it', `<b>x</b>${picture()}`],
    ['something after it', `${picture()} <b>x</b>`],
    ['a picture in a line', `text ${picture().replaceAll('\n', '')}`],
    ['only the image', `<img src="${chartsUrl}/forks.svg?theme=light&amp;week=2026-W47">`],
    ['the image in Markdown', `![x](${chartsUrl}/forks.svg)`],
    ['a link around it', `[${picture()}](https://evil.example)`],
    ['capital letters', picture().toUpperCase()],
  ])('%s', (_, body) => {
    expect(refuse(body, allowed)).not.toBeNull()
  })

  it('whatever would load something else, however it is put', () => {
    const whole = picture()
    const parts = [
      '"',
      "'",
      '<',
      '>',
      '&',
      '\n',
      '\n\n',
      ' ',
      '\t',
      '\0',
      '@a',
      'x',
      '=',
      '/',
      '`',
      whole,
    ]
    const places = fc.nat(whole.length)
    const tally = { through: 0, refused: 0 }
    fc.assert(
      fc.property(places, places, fc.constantFrom(...parts, ''), (at, until, put) => {
        const [from, to] = [Math.min(at, until), Math.max(at, until)]
        const changed = whole.slice(0, from) + put + whole.slice(to)
        const isThrough = refuse(changed, allowed) === null
        tally[isThrough ? 'through' : 'refused'] += 1
        if (isThrough) expect(strangeIn(changed), changed).toEqual([])
      }),
      { numRuns: 1_000 },
    )
    expect(Math.min(tally.through, tally.refused)).toBeGreaterThan(20)
  })

  it('any other address in its place', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (address) => {
        const light = address.replaceAll('&', '&amp;')
        expect(refuse(picture({ light, dark: light }), allowed)).not.toBeNull()
        expect(refuse(picture({ light }), allowed)).not.toBeNull()
      }),
    )
  })
})

/** What a browser would make of a body, but for the elements and addresses of a chart of ours. */
function strangeIn(body: string): string[] {
  const tree = fromMarkdown(body, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  return strange(raw(toHast(tree, { allowDangerousHtml: true })))
}

const harmless = new Set(['p', 'br', 'code', 'pre', 'picture'])

function strange(node: Nodes): string[] {
  const within = 'children' in node ? node.children.flatMap((child) => strange(child)) : []
  if (node.type !== 'element' || harmless.has(node.tagName)) return within
  const { tagName, properties } = node
  const file = new RegExp(`^${chartsUrl}/[a-z]+\\.svg\\?theme=(light|dark)&week=\\d{4}-W\\d{2}$`)
  const { srcSet, src, media, alt, ...others } = properties
  const isOurs =
    ['source', 'img'].includes(tagName) &&
    file.test(String(srcSet ?? src)) &&
    Object.keys(others).length === 0
  return isOurs ? within : [`${tagName} ${JSON.stringify(properties)}`, ...within]
}
