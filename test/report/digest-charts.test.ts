import { describe, expect, it } from 'vitest'
import { forkNetworkReport, type KnownNetwork } from '../../src/metrics/fork-network.ts'
import { weeklyDigest } from '../../src/metrics/weekly-digest.ts'
import { refuse } from '../../src/publish/gate.ts'
import { refuseHtml } from '../../src/publish/html-gate.ts'
import { digestContent, digestMarkdown } from '../../src/report/digest.ts'
import { htmlOf } from '../../src/report/html.ts'
import { halfAYear, network } from '../metrics/fork-networks.ts'
import { fullHistory, place, week } from './samples.ts'

const chartsUrl = 'https://groundswell.example/chart/example-lab/engine'
const open = { ...place, chartsUrl }

function contentAt(where: typeof place, counts: KnownNetwork['counts'] = halfAYear().counts) {
  const forks = forkNetworkReport(network({ ...halfAYear(), counts, window: week }), week.to)
  const content = digestContent(weeklyDigest(fullHistory(), week, { forks }), where)
  if (content === null) throw new Error('The week was not empty')
  return content
}

describe('the charts of a digest', () => {
  it('are pictures where everybody may load them, below the same table', () => {
    const body = digestMarkdown(contentAt(open))
    expect(body).toContain(`| forks | 970 | 1,010 | 1,050 | 1,090 | 1,130 | 1,170 | 1,240 |

<picture>
<source media="(prefers-color-scheme: dark)" srcset="${chartsUrl}/forks.svg?theme=dark&amp;week=2026-W47">
<img alt="Forks in the network, 26 weeks: from 960 to 1,240" src="${chartsUrl}/forks.svg?theme=light&amp;week=2026-W47">
</picture>

</details>`)
    expect(body).toContain(
      '<img alt="Merged pull requests, 9 weeks: 15 in the last, 6 of them from outside"',
    )
    expect(body).not.toContain('mermaid')
    expect(body).not.toContain('all as bars')
  })

  it('pass the gate of a repository that may show them, and of no other', () => {
    const body = digestMarkdown(contentAt(open))
    const urlBases = [place.url, 'https://groundswell.example']
    expect(refuse(body, { urlBases, chartsUrl })).toBeNull()
    expect(refuse(body, { urlBases, chartsUrl: null })).toContain('HTML')
  })

  it('stay out of feeds, which load nothing', () => {
    const { sections } = contentAt(open)
    const html = htmlOf(sections.flatMap(({ content }) => content))
    expect(html).toContain('Fork network, 26 weeks')
    expect(html).not.toMatch(/<(?:picture|source|img)/)
    expect(refuseHtml(html, { urlBases: [place.url, 'https://groundswell.example'] })).toBeNull()
  })

  it('are kept with all that is drawn of them', () => {
    const { charts } = contentAt(open)
    expect(charts).toEqual([
      {
        name: 'forks',
        language: 'en',
        title: 'Forks in the network, 26 weeks: from 960 to 1,240',
        axis: 'forks in the network',
        steps: expect.arrayContaining(['W22', 'W47']),
        series: [
          { name: 'forks in the network', mark: 'line', values: expect.arrayContaining([1_240]) },
        ],
      },
      {
        name: 'merges',
        language: 'en',
        title: 'Merged pull requests, 9 weeks: 15 in the last, 6 of them from outside',
        axis: 'merged pull requests',
        steps: ['W39', 'W40', 'W41', 'W42', 'W43', 'W44', 'W45', 'W46', 'W47'],
        series: [
          { name: 'all', mark: 'bar', values: [9, 13, 12, 10, 14, 12, 11, 9, 15] },
          { name: 'from outside', mark: 'line', values: [3, 4, 4, 4, 4, 4, 4, 3, 6] },
        ],
      },
    ])
    for (const { steps, series } of charts) {
      for (const { values } of series) expect(values).toHaveLength(steps.length)
    }
    expect(JSON.parse(JSON.stringify(charts))).toEqual(charts)
  })

  it('are drawn by GitHub from text elsewhere, and nothing is kept for pictures', () => {
    const content = contentAt(place)
    expect(content.charts).toEqual([])
    expect(digestMarkdown(content).match(/```mermaid/g)).toHaveLength(2)
    expect(digestMarkdown(content)).not.toContain('<picture>')
  })

  it('begin where the network is known, and are left out where that says too little', () => {
    const { counts } = halfAYear()
    const drawn = (known: typeof counts) =>
      contentAt(open, known).charts.find(({ name }) => name === 'forks')
    expect(drawn(counts.slice(-5))).toMatchObject({ steps: ['W43', 'W44', 'W45', 'W46', 'W47'] })
    expect(drawn(counts.slice(-3))).toBeUndefined()
    expect(drawn(counts.map((each) => ({ ...each, forks: 40 })))).toBeUndefined()
  })

  it('speak the language of the repository', () => {
    const { charts } = contentAt({ ...open, language: 'zh-CN' })
    expect(charts.map(({ title }) => title)).toEqual([
      '26 周内的复刻网络：从 960 到 1,240',
      '9 周内合并的拉取请求：最近一周 15 个，其中 6 个来自外部',
    ])
  })
})
