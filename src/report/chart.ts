import type { RootContent } from 'mdast'
import type { Week } from '../metrics/window.ts'
import { mermaidChart } from './mermaid-chart.ts'
import type { Place } from './place.ts'

/** What a picture shows, with all the words in it; plain JSON. */
export interface Chart {
  /** its name in the address of the picture */
  name: 'forks' | 'merges'
  /** what it shows, for whoever does not see it */
  title: string
  /** what the values are */
  axis: string
  /** one name for each value of each series, oldest first */
  steps: readonly string[]
  series: readonly Series[]
}

/** Whole numbers over the same steps, as bars or as a line. */
export interface Series {
  name: string
  mark: 'bar' | 'line'
  values: readonly number[]
}

/** As a picture where everybody may load it, else as text that GitHub draws, with `legend` above. */
export function chartBlock(
  chart: Chart,
  { week, place, legend = [] }: { week: Week; place: Place; legend?: RootContent[] },
): RootContent[] {
  const { chartsUrl } = place
  return chartsUrl === null
    ? [...legend, mermaidChart(chart)]
    : [picture(chart, `${chartsUrl}/${chart.name}.svg`, week)]
}

/** The one form that `src/publish/gate.ts` lets through. The title is of our own words. */
function picture({ title }: Chart, url: string, { name }: Week): RootContent {
  const value = [
    '<picture>',
    `<source media="(prefers-color-scheme: dark)" srcset="${url}?theme=dark&amp;week=${name}">`,
    `<img alt="${title}" src="${url}?theme=light&amp;week=${name}">`,
    '</picture>',
  ].join('\n')
  return { type: 'html', value }
}
