import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Hono } from 'hono'
import { etag } from 'hono/etag'
import { raw } from 'hono/html'
import { repositorySchema } from '../../config/repository-schema.ts'
import { markdownPage } from './markdown-page.ts'
import { Page } from './page.tsx'
import { pageStyle } from './page-style.ts'

/** A new version of the server may say something else: nobody keeps it for long without asking. */
const cached = { 'cache-control': 'public, max-age=300' }

/**
 * `/docs/metrics`: how each number is made, where every number in a text leads.
 * `/docs/groundswell.schema.json`: what a repository can set, for editors.
 */
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
  const schema = JSON.stringify(repositorySchema(), null, 2)
  pages.get('/docs/groundswell.schema.json', (c) =>
    c.body(schema, 200, {
      'content-type': 'application/schema+json; charset=utf-8',
      // Editors run in browsers, too.
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      ...cached,
    }),
  )
}

function readDefinitions(): string {
  return readFileSync(createRequire(import.meta.url).resolve('#metrics.md'), 'utf8')
}
