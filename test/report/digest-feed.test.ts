import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fromXml } from 'xast-util-from-xml'
import { digestFeed } from '../../src/report/digest-feed.ts'
import { htmlText } from '../../src/report/html.ts'

const at = new Date('2026-11-23T09:00:00Z')
const feedOf = (title: string, html: string) =>
  digestFeed({
    language: 'en',
    id: 'tag:github.com,2026:groundswell/1',
    repository: 'example-lab/engine',
    url: 'https://github.com/example-lab/engine',
    selfUrl: 'https://groundswell.example/feed/example-lab/engine.atom',
    updatedAt: at,
    entries: [{ id: 'tag:x,2026:y', title, url: 'https://github.com/a/b', updatedAt: at, html }],
  })

it('is well-formed and gives back every text that XML can hold', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(']]>', '<![CDATA[', '&lt;&#0;', '</content></entry>', '\u0000\u000b\ufffe'),
  )
  fc.assert(
    fc.property(text, text, (title, html) => {
      const values: string[] = []
      const walk = (node: unknown): void => {
        if (typeof node !== 'object' || node === null) return
        if ('value' in node && 'type' in node && node.type === 'text') values.push(`${node.value}`)
        if ('children' in node && Array.isArray(node.children)) node.children.forEach(walk)
      }
      walk(fromXml(feedOf(title, html)))
      const held = (given: string) =>
        given
          .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
          .replaceAll(']]>', ']]&gt;')
          .replace(/\r\n?/g, '\n')
      expect(values.join('\u0000')).toContain(held(htmlText(title)))
      expect(values.join('\u0000')).toContain(held(html))
    }),
  )
})
