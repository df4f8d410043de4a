import { type Context, Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { Repository, Thread } from '../entities.ts'
import type { GitHub } from '../github.ts'
import { forksOf } from '../world.ts'
import { FrontPage, NotFoundPage, RefusalPage } from './front.tsx'
import {
  ChecksPage,
  DiscussionListPage,
  discussionPath,
  ForksPage,
  pathOf,
  ThreadListPage,
} from './lists.tsx'
import type { PagesOptions } from './options.ts'
import { search } from './search.ts'
import { style } from './style.ts'
import { anchorOf, ThreadPage } from './thread.tsx'
import { commentExcerpt, digestExcerpt, discussionView, threadView } from './views.ts'

/** The pages that GitHub would show: read only but for one form, and without a script. */
export function tryOutPages(options: PagesOptions): (request: Request) => Promise<Response> {
  const { github, repository, guide } = options
  const pages = new Hono()
  pages.use(secureHeaders(protections))
  pages.use(async (c, next) => {
    if (!isLocal(c.req.header('host'))) return c.text('This page is for this machine only.', 403)
    await next()
    c.header('cache-control', 'no-store')
  })

  pages.get('/style.css', (c) => c.body(style, 200, { 'content-type': 'text/css' }))
  pages.get('/health', async (c) => {
    const url = options.appUrl()
    return url === null ? c.text('The App does not listen.', 503) : await fetch(`${url}/health`)
  })
  pages.get('/', (c) => {
    const threads = github().issues(repository)
    const worthSeeing = guide.worthSeeing.flatMap(({ number, why }) => {
      const thread = threads.find((one) => one.number === number)
      return thread === undefined ? [] : [{ ...commentExcerpt(thread, options), why }]
    })
    const digests = threads.filter(({ byApp }) => byApp).reverse()
    const excerpts = digests.map((thread) => digestExcerpt(thread, options))
    return c.html(FrontPage({ ...guide, repository, worthSeeing, digests: excerpts }))
  })
  listPages(pages, options)
  threadPages(pages, options)
  pages.notFound((c) => c.html(NotFoundPage({ repository }), 404))
  return async (request) => await pages.fetch(request)
}

interface Visible {
  /** `owner/name` */
  name: string
  repository: Repository
}

/** The repository that an address names; null where there is none, or none for everybody. */
function visible(c: Context, github: GitHub): Visible | null {
  const name = `${c.req.param('owner')}/${c.req.param('name')}`
  const repository = github.world.findRepository(name)
  return repository === undefined || repository.private ? null : { name, repository }
}

function listPages(pages: Hono, { github }: PagesOptions): void {
  const found = (c: Context) => visible(c, github())
  const list = (tab: 'issues' | 'pulls') => (c: Context) => {
    const at = found(c)
    if (at === null) return c.notFound()
    const query = c.req.query('q') ?? ''
    const isOfTab = ({ pull }: Thread) => (pull !== null) === (tab === 'pulls')
    const all = [...at.repository.threads.values()].filter(isOfTab)
    const threads = search(all, query)
    return c.html(ThreadListPage({ repository: at.name, tab, threads, query }))
  }
  pages.get('/:owner/:name/issues', list('issues'))
  pages.get('/:owner/:name/pulls', list('pulls'))
  pages.get('/:owner/:name/discussions', (c) => {
    const at = found(c)
    if (at === null) return c.notFound()
    const discussions = [...at.repository.discussions.values()].reverse()
    return c.html(DiscussionListPage({ repository: at.name, discussions }))
  })
  pages.get('/:owner/:name', (c) =>
    found(c) === null ? c.notFound() : c.redirect(`${new URL(c.req.url).pathname}/issues`),
  )
  pages.get('/:owner/:name/checks', (c) => {
    const at = found(c)
    if (at === null) return c.notFound()
    const runs = [...at.repository.checkRuns].reverse()
    return c.html(ChecksPage({ repository: at.name, runs }))
  })
  pages.get('/:owner/:name/forks', (c) => {
    const at = found(c)
    if (at === null) return c.notFound()
    const forks = forksOf(at.repository).toSorted((a, b) => b.id - a.id)
    return c.html(ForksPage({ repository: at.name, forks }))
  })
}

function threadPages(pages: Hono, options: PagesOptions): void {
  const { github } = options
  const threadAt = (c: Context) => {
    const at = visible(c, github())
    const thread = at?.repository.threads.get(Number(c.req.param('number')))
    return at === null || thread === undefined ? null : { ...at, thread }
  }
  const discussionAt = (c: Context) => {
    const at = visible(c, github())
    const discussion = at?.repository.discussions.get(Number(c.req.param('number')))
    return at === null || discussion === undefined ? null : { ...at, discussion }
  }
  const show = (c: Context) => {
    const talk = discussionAt(c)
    if (talk !== null) return c.redirect(discussionPath(talk.name, talk.discussion))
    const at = threadAt(c)
    if (at === null) return c.notFound()
    const path = pathOf(at.name, at.thread)
    // GitHub knows a pull request by both addresses, and shows it at one.
    if (new URL(c.req.url).pathname !== path) return c.redirect(path)
    return c.html(ThreadPage(threadView(at.thread, at.name, options)))
  }
  pages.get('/:owner/:name/issues/:number{\\d+}', show)
  pages.get('/:owner/:name/pull/:number{\\d+}', show)
  pages.get('/:owner/:name/discussions/:number{\\d+}', (c) => {
    const at = discussionAt(c)
    if (at === null) return c.notFound()
    return c.html(ThreadPage(discussionView(at.discussion, at.name, options)))
  })
  pages.post('/:owner/:name/issues/:number{\\d+}/comments', (c) => {
    const at = threadAt(c)
    if (at === null) return c.notFound()
    return comment(c, options, async (said) => {
      const { commentId } = await github().comment(at.name, at.thread.number, said)
      return `${pathOf(at.name, at.thread)}#${anchorOf({ type: 'issue' }, commentId)}`
    })
  })
  pages.post('/:owner/:name/discussions/:number{\\d+}/comments', (c) => {
    const at = discussionAt(c)
    if (at === null) return c.notFound()
    return comment(c, options, async (said) => {
      const { number } = at.discussion
      const { commentId } = await github().commentOnDiscussion(at.name, number, said)
      return `${discussionPath(at.name, { number })}#${anchorOf({ type: 'discussion' }, commentId)}`
    })
  })
}

const longestComment = 10_000

/** `say`: says it there; the address where it can be read. */
async function comment(
  c: Context,
  { visitors, guide, settled }: PagesOptions,
  say: (said: { author: string; body: string }) => Promise<string>,
): Promise<Response> {
  const refuse = (text: string, status: 400 | 403 | 409) => c.html(RefusalPage({ text }), status)
  if (c.req.header('origin') !== `http://${c.req.header('host')}`) {
    return refuse('It came from another site.', 403)
  }
  if (guide.told < guide.weeks) return refuse('The story is still being told.', 409)
  const form = new URLSearchParams(await c.req.text())
  const speaker = form.get('as') ?? ''
  const author = Object.hasOwn(visitors, speaker) ? visitors[speaker] : undefined
  const body = form.get('body')?.trim() ?? ''
  if (author === undefined || body === '' || body.length > longestComment) {
    return refuse(`A comment has from 1 to ${longestComment} characters, and an author.`, 400)
  }
  const address = await say({ author, body })
  await settled()
  return c.redirect(address, 303)
}

/** By this name only, so that no other site can reach the form through a name of its own. */
function isLocal(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host ?? '')
}

const protections = {
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    imgSrc: ['data:'],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
  },
  referrerPolicy: 'same-origin',
  strictTransportSecurity: false as const,
  xFrameOptions: 'DENY',
}
