import type { Hono } from 'hono'
import { etag } from 'hono/etag'
import type { Deps } from '../deps.ts'
import { refuseHtml } from '../publish/html-gate.ts'
import type { DigestContent } from '../report/digest.ts'
import { digestFeed, type FeedEntry } from '../report/digest-feed.ts'
import { htmlOf } from '../report/html.ts'
import { type PublicDigest, publicDigests } from '../store/digests.ts'

/** Half a year: a feed reader has the others already. */
const entriesShown = 26

/**
 * `/feed/:owner/:name.atom`: the digests of a public repository, as they were
 * published last. A private and an unknown repository get the same answer.
 */
export function feedRoutes(
  pages: Hono,
  { db, environment, log }: Pick<Deps, 'db' | 'environment' | 'log'>,
): void {
  const { github, publicUrl } = environment
  pages.get('/feed/:owner{[\\w.-]+}/:file{[\\w.-]+\\.atom}', etag(), async (c) => {
    const { owner, file } = c.req.param()
    const name = file.slice(0, -'.atom'.length)
    const found = await publicDigests(db, { owner, name, limit: entriesShown })
    if (found === null) return await c.notFound()
    const { repository, trackedAt, digests } = found
    const url = `${github.htmlUrl}/${repository.fullName}`
    const bases = [url, ...(publicUrl === null ? [] : [publicUrl])]
    const entries = digests.flatMap((digest): FeedEntry[] => {
      const html = htmlOf(contentOf(digest).sections.flatMap(({ content }) => content))
      const fault = refuseHtml(html, { urlBases: bases })
      if (fault === null) return [entryOf(digest, { html, url, repositoryId: repository.id })]
      log.warn({ repository: repository.id, week: digest.week, fault }, 'Left out of the feed')
      return []
    })
    const body = digestFeed({
      id: `tag:${new URL(url).hostname},2026:groundswell/${repository.id}`,
      language: languageOf(digests),
      repository: repository.fullName,
      url,
      selfUrl: `${publicUrl ?? ''}/feed/${repository.fullName}.atom`,
      updatedAt: digests[0]?.countedAt ?? trackedAt,
      entries,
    })
    return c.body(body, 200, {
      'content-type': 'application/atom+xml; charset=utf-8',
      'cache-control': 'public, max-age=900',
    })
  })
}

function contentOf({ content }: PublicDigest): DigestContent {
  // as: kept by promiseSendings, from what composeDigest gave
  return content as DigestContent
}

/** Of the newest one; without any the feed has only its title to say. */
function languageOf([latest]: readonly PublicDigest[]): DigestContent['language'] {
  return latest === undefined ? 'en' : contentOf(latest).language
}

function entryOf(
  { week, title, countedAt, postedUrl }: PublicDigest,
  { html, url, repositoryId }: { html: string; url: string; repositoryId: number },
): FeedEntry {
  return {
    id: `tag:${new URL(url).hostname},2026:groundswell/${repositoryId}/${week}`,
    title,
    url: postedUrl ?? url,
    updatedAt: countedAt,
    html,
  }
}
