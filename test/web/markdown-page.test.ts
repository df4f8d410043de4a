import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { definedAt, registry } from '../../src/metrics/registry.ts'
import { markdownPage } from '../../src/web/markdown-page.ts'

it('gives every heading the id that GitHub would', () => {
  const { title, html } = markdownPage(
    '# How `it` is *made*\n\n## Is it open?\n\n## Is it open?\n\n### Zeit, Änderung & Co_op – 2\n',
  )
  expect(title).toBe('How it is made')
  expect([...html.matchAll(/<h(\d) id="([^"]*)"/g)].map(([, depth, id]) => [depth, id])).toEqual([
    ['1', 'how-it-is-made'],
    ['2', 'is-it-open'],
    ['2', 'is-it-open-1'],
    ['3', 'zeit-änderung--co_op--2'],
  ])
})

it('has a place for every number that a text leads to', () => {
  const { html } = markdownPage(readFileSync('docs/metrics.md', 'utf8'))
  const ids = new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id))
  const anchors = registry.flatMap(({ metrics }) => metrics.map((metric) => definedAt(metric)))
  expect(anchors.length).toBeGreaterThan(40)
  expect(anchors.filter((anchor) => anchor === null || !ids.has(anchor))).toEqual([])
  const links = [...html.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id)
  expect(links.filter((id) => !ids.has(id))).toEqual([])
})

it('shows text of any kind as text', () => {
  const { html } = markdownPage(
    '<script>a</script>\n\n[x](javascript:alert(1)) <b onclick="x">y</b>',
  )
  expect(html).not.toMatch(/<script|javascript|onclick/)
})
