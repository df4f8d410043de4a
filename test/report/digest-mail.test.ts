import { describe, expect, it } from 'vitest'
import { forkNetworkReport } from '../../src/metrics/fork-network.ts'
import { weeklyDigest } from '../../src/metrics/weekly-digest.ts'
import { refuseHtml } from '../../src/publish/html-gate.ts'
import { digestContent } from '../../src/report/digest.ts'
import { digestMail } from '../../src/report/digest-mail.ts'
import type { Place } from '../../src/report/place.ts'
import { halfAYear, network } from '../metrics/fork-networks.ts'
import { fullHistory, place, week } from './samples.ts'

const about = {
  id: 'digest.1.2026-W47.mail.news',
  title: 'Community digest, week 47 of 2026',
  repository: place.fullName,
  url: `${place.url}/issues/900`,
}

/** A digest as it is kept: plain JSON, as a mail. */
function mailAt(given: Partial<Place> = {}) {
  const forks = forkNetworkReport(network({ ...halfAYear(), window: week }), week.to)
  const content = digestContent(weeklyDigest(fullHistory(), week, { forks }), {
    ...place,
    ...given,
  })
  return digestMail(about, JSON.parse(JSON.stringify(content)))
}

const picturesIn = (html: string) =>
  [...html.matchAll(/<p>((?:[^<]|<br>)*)<img ([^>]*)><\/p>/g)].map(
    ([, caption = '', attributes]) => ({
      caption: caption.split(/<br>\s*/).filter((line) => line !== ''),
      attributes,
    }),
  )

describe('a mail shows the charts of its digest', () => {
  it('as pictures that it carries, with their words beside them', () => {
    const { html, pictures } = mailAt()
    expect(pictures).toMatchObject([
      { cid: `forks.${about.id}@groundswell`, filename: 'fork-network.png' },
      { cid: `merges.${about.id}@groundswell`, filename: 'merged-pull-requests.png' },
    ])
    expect(pictures.map(({ chart }) => chart.steps.length)).toEqual([26, 9])
    const [forks, merges, ...others] = picturesIn(html)
    expect(others).toEqual([])
    expect(forks).toEqual({
      caption: ['Forks in the network, 26 weeks: from 960 to 1,240'],
      attributes: expect.stringMatching(
        /^src="cid:forks\.[^"]*" alt="forks in the network: W22 960, W23 970, [^"]* W47 1,240" width="480" height="220"$/,
      ),
    })
    expect(merges).toEqual({
      caption: [
        'Merged pull requests, 9 weeks: 15 in the last, 6 of them from outside',
        'All as bars, those from outside as a line.',
      ],
      attributes: expect.stringContaining(
        'alt="all: W39 9, W40 13, W41 12, W42 10, W43 14, W44 12, W45 11, W46 9, W47 15. from outside: W39 3,',
      ),
    })
  })

  it('whether or not GitHub shows them as pictures, and as nothing that GitHub alone draws', () => {
    const chartsUrl = 'https://groundswell.example/chart/example-lab/engine'
    expect(mailAt({ chartsUrl })).toEqual(mailAt())
    expect(mailAt().html).not.toMatch(/mermaid|xychart|<picture|\.svg/)
  })

  it('in the language of the repository', () => {
    const { html } = mailAt({ language: 'zh-CN' })
    expect(picturesIn(html).map(({ caption }) => caption[0])).toEqual([
      '26 周内的复刻网络：从 960 到 1,240',
      '9 周内合并的拉取请求：最近一周 15 个，其中 6 个来自外部',
    ])
  })

  it('and no others, as its gate sees it', () => {
    const { html, pictures } = mailAt()
    const allowed = { urlBases: [place.url, 'https://groundswell.example'] }
    const cids = pictures.map(({ cid }) => cid)
    expect(refuseHtml(html, allowed, cids)).toBeNull()
    expect(refuseHtml(html, allowed)).toBe('it shows a picture that is not attached')
  })
})

describe('a mail', () => {
  it('has everything unfolded, since not every reader can fold', () => {
    const { html } = mailAt()
    expect(html.match(/<details open>/g)).toHaveLength(2)
    expect(html).not.toContain('<details>')
  })

  it('has the numbers of its charts in its text, and no trace of pictures', () => {
    const { text } = mailAt()
    expect(text).toContain('forks | 970 | 1,010 | 1,050 | 1,090 | 1,130 | 1,170 | 1,240')
    expect(text).toMatch(/^Pull requests merged \| 15 \| 9 \| 12 \| [▁-█]{9}$/m)
    expect(text).not.toMatch(/cid|png|as bars/)
  })
})
