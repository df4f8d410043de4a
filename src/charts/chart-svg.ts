import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { toXml } from 'xast-util-to-xml'
import { x } from 'xastscript'
import { type Chart, chartInWords, type Series } from '../report/chart.ts'
import { number } from '../report/numbers.ts'

use([BarChart, LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer])

export const themes = ['light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** How large a chart is drawn, in CSS pixels, and whether its words are drawn with it. */
export interface Form {
  width: number
  height: number
  fontSize: number
  /** about how many lines cross it */
  rules: number
  /** false: numbers and the names of steps alone, where fonts have no letters for more */
  hasWords: boolean
}

const page: Form = { width: 760, height: 260, fontSize: 13, rules: 5, hasWords: true }

/** So much room the name of a step needs below its value. */
const widthOfName = 50

interface Colours {
  ground: string
  text: string
  rule: string
  /** of the first and the second series; a blue and an orange that colour-blind readers tell apart */
  series: [string, string]
  /** of bars, pale enough for a line and a number on top of them */
  bar: string
}

/** GitHub's own, and opaque: what a mail shows them on is not known. */
const coloursOf: Record<Theme, Colours> = {
  light: {
    ...{ ground: '#ffffff', text: '#1f2328', rule: '#d1d9e0' },
    ...{ series: ['#0969da', '#bc4c00'], bar: '#ddf4ff' },
  },
  dark: {
    ...{ ground: '#0d1117', text: '#f0f6fc', rule: '#3d444d' },
    ...{ series: ['#4493f8', '#f0883e'], bar: '#0c2d6b' },
  },
}

/** A chart as SVG that loads nothing and runs nothing, with its words for whoever does not see it. */
export function chartSvg(chart: Chart, theme: Theme, form: Form = page): string {
  const { width, height } = form
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    drawing.setOption(optionOf(chart, coloursOf[theme], form))
    return withWords(asPicture(drawing.renderToSVGString()), chart)
  } finally {
    drawing.dispose()
  }
}

function optionOf(
  { axis, steps, series }: Chart,
  colours: Colours,
  { width, fontSize, rules, hasWords }: Form,
) {
  const label = { color: colours.text, fontSize }
  const rule = { lineStyle: { color: colours.rule } }
  const isCompared = series.length > 1
  const top = hasWords ? 48 : fontSize * 2
  const between = steps.length * widthOfName > width ? 4 : 1
  return {
    animation: false,
    backgroundColor: colours.ground,
    textStyle: { fontFamily: 'system-ui, sans-serif' },
    title: {
      ...{ show: hasWords, text: axis, left: 8, top: 6 },
      textStyle: { ...label, fontWeight: 600 },
    },
    legend: { show: hasWords && isCompared, right: 28, top: 6, itemGap: 32, textStyle: label },
    grid: { left: 16, right: 28, top, bottom: 12, outerBoundsMode: 'same' },
    xAxis: {
      type: 'category',
      data: [...steps],
      // The last always, and of many each fourth before it.
      axisLabel: { ...label, interval: (at: number) => (steps.length - 1 - at) % between === 0 },
      axisTick: { show: false },
      axisLine: rule,
    },
    yAxis: {
      ...{ type: 'value', minInterval: 1, axisLabel: label, splitLine: rule },
      splitNumber: rules,
    },
    series: series.map((each) =>
      each.mark === 'bar'
        ? barsOf(each, colours, fontSize)
        : lineOf(each, { colours, fontSize, isCompared }),
    ),
  }
}

const still = { silent: true, emphasis: { disabled: true } }

function barsOf({ name, values }: Series, { text, series: [edge], bar }: Colours, size: number) {
  const itemStyle = { color: bar, borderColor: edge, borderWidth: 1.5 }
  const data = [...values]
  return {
    ...still,
    type: 'bar',
    name,
    data,
    itemStyle,
    barMaxWidth: 36,
    label: labelOf(text, size),
  }
}

/** Alone it says where it begins and where it ends; above bars there is no room. */
function lineOf(
  { name, values }: Series,
  { colours, fontSize, isCompared }: { colours: Colours; fontSize: number; isCompared: boolean },
) {
  const color = colours.series[isCompared ? 1 : 0]
  const ends = new Map([
    [0, 'left'],
    [values.length - 1, 'right'],
  ])
  const data = values.map((value, index) => {
    const align = isCompared ? undefined : ends.get(index)
    return align === undefined
      ? value
      : { value, label: { ...labelOf(colours.text, fontSize), align } }
  })
  const look = { color, symbol: 'circle', symbolSize: 6, lineStyle: { width: 3 } }
  return { ...still, type: 'line', name, data, ...look }
}

function labelOf(color: string, fontSize: number) {
  const formatter = ({ value }: { value: unknown }) => number(Number(value))
  return { show: true, position: 'top', color, fontSize, fontWeight: 600, formatter }
}

/** Without what is for a page: rules for a pointer, notes for a script, and a number that counts drawings. */
function asPicture(svg: string): string {
  return svg
    .replace(/<style\b[\s\S]*?<\/style>/g, '')
    .replaceAll(/ (?:class|ecmeta_\w+|pointer-events)="[^"]*"/g, '')
    .replaceAll(/\bzr\d+-/g, '')
}

function withWords(svg: string, chart: Chart): string {
  const words = toXml([
    x('title', { id: 'title' }, chart.title),
    x('desc', { id: 'description' }, chartInWords(chart)),
  ])
  const role = `xml:lang="${chart.language ?? 'en'}" role="img" aria-labelledby="title" aria-describedby="description"`
  return svg.replace(/^<svg\b([^>]*)>/, (_, attributes) => `<svg${attributes} ${role}>${words}`)
}
