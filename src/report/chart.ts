import type { RootContent } from 'mdast'
import type { Week } from '../metrics/window.ts'
import { mermaidChart } from './mermaid-chart.ts'
import { number } from './numbers.ts'
import type { Place } from './place.ts'
import { type Language, wordsOf } from './words/language.ts'

/** What a picture shows, with all the words in it; plain JSON. */
export interface Chart {
  /** its name in the address of the picture */
  name: 'forks' | 'merges'
  /** of its words; English where it does not say */
  language?: Language | undefined
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

/** A chart in a text. GitHub shows its children; where else it is shown, it is drawn anew. */
export interface ChartNode {
  type: 'chart'
  chart: Chart
  /** says which series is which, beside a picture that holds no words; null where there is one series */
  key: string | null
  children: RootContent[]
}

declare module 'mdast' {
  interface RootContentMap {
    chart: ChartNode
  }
}

interface Told {
  week: Week
  place: Place
  /** stands above what GitHub draws from text */
  legend?: RootContent[]
  key?: string | null
}

/** On GitHub as a picture where everybody may load it, else as text that GitHub draws, with `legend` above. */
export function chartBlock(
  chart: Chart,
  { week, place, legend = [], key = null }: Told,
): RootContent[] {
  const { chartsUrl } = place
  const children =
    chartsUrl === null
      ? [...legend, mermaidChart(chart)]
      : [picture(chart, `${chartsUrl}/${chart.name}.svg`, week)]
  return [{ type: 'chart', chart, key, children }]
}

/** Every value with the name of its step, for whoever does not see the picture. */
export function chartInWords({ language = 'en', steps, series }: Chart): string {
  const { series: words } = wordsOf({ language }).digest
  return series
    .map(({ name, values }) => {
      const told = steps.map((step, index) => `${step} ${number(values[index] ?? null)}`)
      return words.told(name, told)
    })
    .join(words.between)
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
