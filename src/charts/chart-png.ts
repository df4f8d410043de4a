import { createRequire } from 'node:module'
import { type ResvgRenderOptions, renderAsync } from '@resvg/resvg-js'
import type { Chart } from '../report/chart.ts'
import { chartSvg } from './chart-svg.ts'

/** Pixels for each CSS pixel, for sharp screens. */
const density = 2
/** Large enough to be read where a phone shows the picture smaller. */
const form = { fontSize: 15, rules: 3, hasWords: false }

const require = createRequire(import.meta.url)

/** One font that comes with us, and none of the machine's: the same chart is the same picture everywhere. */
const font = {
  loadSystemFonts: false,
  fontFiles: [
    require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'),
    require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'),
  ],
  defaultFontFamily: 'DejaVu Sans',
  sansSerifFamily: 'DejaVu Sans',
} satisfies ResvgRenderOptions['font']

/**
 * A chart as PNG on white, twice as large as `size` (CSS pixels). It holds numbers
 * and the names of weeks alone: the font has no letters of Chinese, say.
 */
export async function chartPng(
  chart: Chart,
  size: { width: number; height: number },
): Promise<Buffer> {
  const svg = chartSvg(chart, 'light', { ...size, ...form })
  const image = await renderAsync(svg, { font, fitTo: { mode: 'zoom', value: density } })
  return image.asPng()
}
