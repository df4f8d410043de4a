import { toXml } from 'xast-util-to-xml'
import { x } from 'xastscript'
import { htmlText } from './html.ts'
import { type Language, wordsOf } from './words/language.ts'

export interface DigestFeed {
  language: Language
  /** never changes, whatever the repository is called later */
  id: string
  /** `owner/name` */
  repository: string
  /** of the repository */
  url: string
  /** of the feed itself */
  selfUrl: string
  updatedAt: Date
  /** newest first */
  entries: readonly FeedEntry[]
}

export interface FeedEntry {
  id: string
  title: string
  url: string
  updatedAt: Date
  /** safe to show */
  html: string
}

/** Digests as an Atom feed: https://www.rfc-editor.org/rfc/rfc4287 */
export function digestFeed(feed: DigestFeed): string {
  const { id, language, repository, url, selfUrl, updatedAt, entries } = feed
  const { channels: words } = wordsOf(feed)
  const xml = toXml([
    { type: 'instruction', name: 'xml', value: 'version="1.0" encoding="utf-8"' },
    x('feed', { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': language }, [
      x('id', id),
      x('title', { type: 'html' }, shown(htmlText(words.feed(repository)))),
      x('updated', updatedAt.toISOString()),
      x('author', [x('name', 'Groundswell')]),
      x('link', { rel: 'self', type: 'application/atom+xml', href: selfUrl }),
      x('link', { rel: 'alternate', type: 'text/html', href: url }),
      ...entries.map((entry) =>
        x('entry', [
          x('id', entry.id),
          x('title', { type: 'html' }, shown(htmlText(entry.title))),
          x('updated', entry.updatedAt.toISOString()),
          x('link', { rel: 'alternate', type: 'text/html', href: entry.url }),
          x('content', { type: 'html' }, shown(entry.html)),
        ]),
      ),
    ]),
  ])
  return `${xml}\n`
}

const impossible = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

/** XML cannot hold some characters, not even escaped; and the end of a section of data only so. */
function shown(html: string): string {
  return html.replace(impossible, '').replaceAll(']]>', ']]&gt;')
}
