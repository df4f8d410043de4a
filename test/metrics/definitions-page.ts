import { anchorOf, type Description } from '../../src/metrics/metric.ts'
import { leftOut, registry } from '../../src/metrics/registry.ts'
import { type DigestMetric, digestMetrics } from '../../src/metrics/week-measures.ts'
import { wordsOf } from '../../src/report/words/language.ts'

/** `docs/metrics.md`, made of the descriptions that stand beside the metrics. */
export function definitionsPage(): string {
  return `${[
    beginning,
    ...registry.flatMap(({ question, metrics }) => [
      `## ${question}`,
      metrics.map((metric) => `[${metric.name}](#${anchorOf(metric)})`).join(' · '),
      ...metrics.map(section),
    ]),
    ending,
    leftOut.map(({ name, why }) => `- **${name}**: ${why}.`).join('\n'),
  ].join('\n\n')}\n`
}

const beginning = `# How each number is made

What Groundswell counts, in the order of the questions that its reports answer. The names are those
of [CHAOSS](https://chaoss.community/kb-metrics-and-metrics-models/) where it has one. CHAOSS leaves
much open; what we chose instead stands beside each number, so that nobody has to guess. This page is
made from the source, and a test fails when it is not. It is in English alone.
本页只有英文版；周报里出现的每一项都注明了中文名称。

What holds for all of them:

- A window is half-open: what happens at midnight between two weeks belongs to the second one. Weeks
  begin on the day and in the time zone that the repository configured, which is Monday and UTC if it
  did not.
- People are counted once, under however many accounts and signatures. Bots and AI agents are counted
  apart. A deleted account is nobody: it may have been anybody.
- Outside is whoever GitHub called neither member, owner nor collaborator at that instant.
- "–" is unknown, or nothing to measure. It is never zero, and zero is never "–".
- "Before" is the window of the same length before this one. "Usual" is the median of the eight
  windows before it, and "–" with fewer than three of them known.
- Of an organisation's repositories a number is made as if they were one: people count once across
  them. Nobody is called new to an organisation.`

const ending = `## Not counted

CHAOSS defines these too.`

function section(metric: Description): string {
  const { name, definition, unit, nullMeans, choice, chaossUrl } = metric
  const shown = shownAs(name)
  return [
    `### ${name}`,
    definition,
    [
      ...(shown === null ? [] : [`- **In the digest:** ${shown}`]),
      `- **Unit:** ${unit}`,
      `- **"–" means:** ${nullMeans}`,
      ...(choice === null ? [] : [`- **Our choice:** ${choice}`]),
      `- **CHAOSS:** ${chaossUrl === null ? 'no such metric' : `<${chaossUrl}>`}`,
    ].join('\n'),
  ].join('\n\n')
}

function shownAs(name: string): string | null {
  const metrics = Object.entries(digestMetrics)
  const [key] = metrics.find(([, metric]) => metric.name === name) ?? []
  if (key === undefined) return null
  const names = (['en', 'zh-CN'] as const).map(
    (language) => wordsOf({ language }).digest.metrics[key as DigestMetric], // as: a key of the same object
  )
  return names.join(' · ')
}
