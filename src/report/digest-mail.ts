import { channelWords as words } from './channel-words.ts'
import type { DigestContent } from './digest.ts'
import { htmlOf, htmlText } from './html.ts'
import { plainLines } from './plain-text.ts'

/** The same twice, for readers with and without HTML. */
export interface DigestMail {
  subject: string
  text: string
  html: string
}

/** The whole digest as a mail. `url`: where it can be read with others. */
export function digestMail(
  { title, repository, url }: { title: string; repository: string; url: string },
  { sections }: Pick<DigestContent, 'sections'>,
): DigestMail {
  const content = sections.flatMap((section) => section.content)
  const why = words.why(repository)
  return {
    subject: words.subject(repository, title),
    text: `${[plainLines(content), words.readAt(url), why].join('\n\n')}\n`,
    html: [
      '<!DOCTYPE html>',
      `<html lang="en"><head><meta charset="utf-8"><title>${htmlText(title)}</title>`,
      `<style>${style}</style></head><body>`,
      htmlOf([
        ...content,
        { type: 'paragraph', children: [{ type: 'link', url, children: [text(words.whole)] }] },
        { type: 'paragraph', children: [text(why)] },
      ]),
      '</body></html>',
      '',
    ].join('\n'),
  }
}

function text(value: string) {
  return { type: 'text', value } as const
}

const style =
  'body{font:16px/1.5 sans-serif;max-width:46em}table{border-collapse:collapse}th,td{padding:.2em .6em;border:1px solid #ccc}'
