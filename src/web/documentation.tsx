import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Hono } from 'hono'
import { etag } from 'hono/etag'
import { raw } from 'hono/html'
import { markdownPage } from './markdown-page.ts'
import { Page } from './page.tsx'
import { pageStyle } from './page-style.ts'

/** A new version of the server may say something else: nobody keeps it for long without asking. */
const cached = { 'cache-control': 'public, max-age=300' }

/** `/docs/metrics`: how each number is made, where every number in a text leads. */
export function documentationRoutes(pages: Hono): void {
  const { title, html } = markdownPage(readDefinitions())
  const definitions = (
    <Page title={title} style="style.css">
      {raw(html)}
    </Page>
  ).toString()

  pages.use('/docs/*', etag())
  pages.get('/docs/style.css', (c) =>
    c.body(pageStyle, 200, { 'content-type': 'text/css; charset=utf-8', ...cached }),
  )
  pages.get('/docs/metrics', (c) => c.html(definitions, 200, cached))
}

function readDefinitions(): string {
  return readFileSync(createRequire(import.meta.url).resolve('#metrics.md'), 'utf8')
}
