import type { RootContent } from 'mdast'
import type { Chart } from './chart.ts'

/** Blue that is read on GitHub's light and on its dark ground, and an orange beside it. */
const colours = '#0969da, #bc4c00'

/** A chart that GitHub draws from text. */
export function mermaidChart({ axis, steps, series }: Chart): RootContent {
  const highest = Math.max(1, ...series.flatMap(({ values }) => values))
  const value = [
    '---',
    'config:',
    '  xyChart: { width: 760, height: 260 }',
    `  themeVariables: { xyChart: { plotColorPalette: "${colours}" } }`,
    '---',
    'xychart-beta',
    `    x-axis [${steps.join(', ')}]`,
    `    y-axis "${axis}" 0 --> ${roundAbove(highest)}`,
    ...series.map(({ mark, values }) => `    ${mark} [${values.join(', ')}]`),
  ].join('\n')
  return { type: 'code', lang: 'mermaid', value }
}

/** The next number with one or two digits and zeros: 12,402 lies below 13,000. */
function roundAbove(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1)
  return Math.ceil(value / step) * step
}
