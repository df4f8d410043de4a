import type { RootContent } from 'mdast'
import { type Chart, type ChartNode, chartInWords } from './chart.ts'
import type { DigestContent } from './digest.ts'
import { htmlOf, htmlText } from './html.ts'
import { plainLines } from './plain-text.ts'
import { wordsOf } from './words/language.ts'

/** The same twice, for readers with and without HTML. */
export interface DigestMail {
  subject: string
  text: string
  html: string
  /** what the HTML shows, to be drawn and attached */
  pictures: MailPicture[]
}

export interface MailPicture {
  /** names it in this mail and in no other: HTML shows `cid:` and this */
  cid: string
  filename: string
  chart: Chart
}

/** Of a picture in a mail, in CSS pixels. On a phone it is shown smaller, and can still be read. */
export const pictureSize = { width: 480, height: 220 } as const

/** What each is called where it is saved. */
const filenames: Record<Chart['name'], string> = {
  forks: 'fork-network',
  merges: 'merged-pull-requests',
}

interface About {
  /** names this digest for good, without spaces */
  id: string
  title: string
  repository: string
  /** where it can be read with others */
  url: string
}

/** The whole digest as a mail; the same of the same. */
export function digestMail(
  about: About,
  { language, sections }: Pick<DigestContent, 'language' | 'sections'>,
): DigestMail {
  const { id, title, repository, url } = about
  const { channels: words } = wordsOf({ language })
  const content = sections.flatMap((section) => section.content)
  const charts = content.filter((node) => node.type === 'chart')
  const pictures = charts.map(({ chart }) => pictureOf(chart, id))
  const why = words.why(repository)
  const body = htmlOf(
    [
      ...content.map((node) => (node.type === 'chart' ? drawn(node, id) : unfolded(node))),
      { type: 'paragraph', children: [{ type: 'link', url, children: [text(words.whole)] }] },
      { type: 'paragraph', children: [text(why)] },
    ],
    pictures.map(addressOf),
  )
  return {
    subject: words.subject(repository, title),
    text: `${[plainLines(content), words.readAt(url), why].join('\n\n')}\n`,
    html: [
      '<!DOCTYPE html>',
      `<html lang="${language}"><head><meta charset="utf-8"><title>${htmlText(title)}</title>`,
      `<style>${style}</style></head><body>`,
      body,
      '</body></html>',
      '',
    ].join('\n'),
    pictures,
  }
}

function pictureOf(chart: Chart, id: string): MailPicture {
  const { name } = chart
  return { cid: `${name}.${id}@groundswell`, filename: `${filenames[name]}.png`, chart }
}

function addressOf({ cid }: MailPicture): string {
  return `cid:${cid}`
}

/** The words stand beside the picture, since no font has the letters of every language. */
function drawn({ chart, key }: ChartNode, id: string): RootContent {
  const image = {
    type: 'image',
    url: addressOf(pictureOf(chart, id)),
    alt: chartInWords(chart),
    data: { hProperties: pictureSize },
  } as const
  const caption = [chart.title, ...(key === null ? [] : [key])]
  const lines = caption.flatMap((line) => [text(line), { type: 'break' } as const])
  return { type: 'paragraph', children: [...lines, image] }
}

/** Some readers would hide what folds, others cannot fold. */
function unfolded(node: RootContent): RootContent {
  if (node.type !== 'html') return node
  return { ...node, value: node.value.replace(/^<details>/, '<details open>') }
}

function text(value: string) {
  return { type: 'text', value } as const
}

const style = [
  'body{font:16px/1.5 sans-serif;max-width:46em}',
  'table{border-collapse:collapse}',
  'th,td{padding:.2em .6em;border:1px solid #ccc}',
  'img{max-width:100%;height:auto}',
  // A table as wide as eight weeks fits on a phone.
  '@media(max-width:480px){table{font-size:12px}th,td{padding:.2em .3em}}',
].join('')
