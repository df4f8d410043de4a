import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { Deps } from '../deps.ts'
import { chartRoutes } from './chart.ts'
import { documentationRoutes } from './documentation.tsx'
import { feedRoutes } from './feed.ts'

/**
 * What anybody may read, each part with routes of its own. Nothing here shows
 * more of a repository than GitHub shows to everybody.
 */
export function publicPages(deps: Pick<Deps, 'db' | 'environment' | 'log' | 'now'>): Hono {
  const pages = new Hono()
  pages.use(secureHeaders(protections))
  documentationRoutes(pages)
  chartRoutes(pages, deps)
  feedRoutes(pages, deps)
  pages.notFound((c) => c.text('Nothing is here.\n', 404, { 'cache-control': 'no-store' }))
  pages.onError((error) => {
    throw error
  })
  return pages
}

/** For pages; a route that is shown elsewhere says so itself. */
const protections = {
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    imgSrc: ['data:'],
    frameAncestors: ["'none'"],
    formAction: ["'none'"],
    baseUri: ["'none'"],
  },
  referrerPolicy: 'no-referrer',
  // Whether all of a host is for HTTPS is for whoever runs it to say.
  strictTransportSecurity: false as const,
  xFrameOptions: 'DENY',
  overwrite: false,
}
