import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GitHub, startGitHub } from '../../src/sandbox/github.ts'
import { renderMarkdown } from '../../src/sandbox/pages/markdown.ts'
import type { Guide } from '../../src/sandbox/pages/options.ts'
import { tryOutPages } from '../../src/sandbox/pages/pages.ts'

const repository = 'example-lab/engine'
const hostileTitle = '<img src=x onerror="document.title=1"> @mara | #1'

/** A double with a few threads and its pages; no App listens. */
async function pagesOf(guide: Partial<Guide> = {}) {
  const clock = { now: new Date('2026-11-16T09:00:00Z') }
  const told = { told: 12, weeks: 12, worthSeeing: [], registered: false, ...guide }
  const pages = tryOutPages({
    github: () => github,
    repository,
    visitors: { maintainer: 'mara', newcomer: 'robin' },
    guide: told,
    settled: async () => {},
    appUrl: () => null,
  })
  const github: GitHub = await startGitHub({
    now: () => clock.now,
    appId: 1,
    webhookSecret: 'a secret of the test',
    pages,
  })
  github.addOrganization('example-lab')
  github.addRepository('example-lab', 'engine')
  github.addRepository('example-lab', 'secret', { private: true })
  await github.openIssue('example-lab/secret', { author: 'mara' })
  const { number } = await github.openIssue(repository, {
    author: 'mara',
    title: hostileTitle,
    body: 'Hello @mara and @nobody-here, see #1 and #99.\n\n<script>document.title = 2</script>\n\n![x](https://stranger.example/pixel.png)\n\n```mermaid\ngraph TD\n```',
  })
  const open = (path: string, init?: RequestInit) =>
    fetch(`${github.url}${path}`, { redirect: 'manual', ...init })
  return { github, clock, number, open }
}

type Pages = Awaited<ReturnType<typeof pagesOf>>
const using: { pages?: Pages } = {}
const shown = () => using.pages!

beforeAll(async () => {
  using.pages = await pagesOf()
})
afterAll(async () => {
  await using.pages?.github.close()
})

describe('Markdown as GitHub shows it', () => {
  const references = {
    repository,
    hasAccount: (login: string) => login === 'mara',
    hasThread: (number: number) => number === 7,
  }
  const render = (text: string) => renderMarkdown(text, references)

  it('links names and numbers that exist, and no others', () => {
    expect(render('@mara @nobody #7 #8')).toBe(
      `<p><a href="/mara" class="mention">@mara</a> @nobody <a href="/${repository}/issues/7" class="reference">#7</a> #8</p>`,
    )
  })

  it('leaves code, links and names with a joint alone', () => {
    expect(render('`@mara` [@mara](https://a.example) @\u2060mara x@mara')).not.toContain('mention')
  })

  it('shows tables and folded parts, and nothing that could run', () => {
    const html = render(
      '<details><summary>More</summary>\n\n| a |\n|--:|\n| 1 |\n\n</details>\n\n<a href="javascript:alert(1)" onclick="x()">y</a><style>p{}</style>',
    )
    expect(html).toContain('<summary>More</summary>')
    expect(html).toContain('<td align="right">1</td>')
    expect(html).not.toMatch(/javascript|onclick|<style/)
  })
})

describe('the pages', () => {
  it('show a thread, and send its other address there', async () => {
    const { open, number, github } = shown()
    const page = await open(`/${repository}/issues/${number}`)
    expect(page.status).toBe(200)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    const { number: pull } = await github.openPullRequest(repository, { author: 'robin' })
    const moved = await open(`/${repository}/issues/${pull}`)
    expect(moved.headers.get('location')).toBe(`/${repository}/pull/${pull}`)
  })

  it('say kindly that a page is not there, and show nothing private', async () => {
    const { open } = shown()
    for (const path of [
      '/mara',
      `/${repository}/issues/999`,
      '/a/b/c/d',
      '/example-lab/absent/issues',
    ]) {
      const page = await open(path)
      expect(page.status, path).toBe(404)
      expect(await page.text()).toContain('The try-out has no such page')
    }
    for (const path of ['issues', 'issues/1', 'pulls', 'discussions', 'forks', 'checks']) {
      expect((await open(`/example-lab/secret/${path}`)).status, path).toBe(404)
    }
  })

  it('find what a digest links to', async () => {
    const { open, github, clock } = shown()
    const made = await github.openPullRequest(repository, { author: 'robin', title: 'In the week' })
    clock.now = new Date('2026-11-22T22:59:59Z')
    await github.mergePullRequest(repository, made.number, { by: 'mara' })
    const listed = async (range: string) => {
      const query = `is:pr+is:merged+merged:${range.replaceAll('+', '%2B')}`
      return await (await open(`/${repository}/pulls?q=${query}`)).text()
    }
    const week = '2026-11-16T00:00:00+01:00..2026-11-22T23:59:59+01:00'
    expect(await listed(week)).toContain('In the week')
    expect(await listed('2026-11-15..2026-11-21')).not.toContain('In the week')
    expect(await listed('2026-11-15..2026-11-22')).toContain('In the week')
  })

  it('list what waits for an answer, the oldest first', async () => {
    const { open, github, clock } = shown()
    const openPull = async (title: string, at: string, draft = false) => {
      clock.now = new Date(at)
      return await github.openPullRequest(repository, { author: 'newcomer', title, draft })
    }
    const reviewed = await openPull('Reviewed', '2026-11-16T09:00:00Z')
    await github.review(repository, reviewed.number, { author: 'mara', state: 'approved' })
    await openPull('Older', '2026-11-17T09:00:00Z')
    await openPull('Not ready', '2026-11-18T09:00:00Z', true)
    await openPull('Newer', '2026-11-19T09:00:00Z')
    await openPull('Too new', '2026-11-21T09:00:00Z')
    const query = 'is:pr+is:open+draft:false+review:none+created:%3C2026-11-21+sort:created-asc'
    const page = await (await open(`/${repository}/pulls?q=${query}`)).text()
    for (const title of ['Reviewed', 'Not ready', 'Too new']) expect(page).not.toContain(title)
    expect(page.indexOf('Older')).toBeLessThan(page.indexOf('Newer'))
    expect(page).toContain('Older')
  })

  it('take a comment from their own form only', async () => {
    const { open, github, number } = shown()
    const say = (headers: Record<string, string>, form: Record<string, string>) =>
      open(`/${repository}/issues/${number}/comments`, {
        method: 'POST',
        headers,
        body: new URLSearchParams(form),
      })
    const own = { origin: github.url }
    const words = { as: 'newcomer', body: 'Hello from the form' }
    expect((await say({}, words)).status).toBe(403)
    expect((await say({ origin: 'https://stranger.example' }, words)).status).toBe(403)
    expect((await say(own, { ...words, as: 'constructor' })).status).toBe(400)
    expect((await say(own, { ...words, body: ' ' })).status).toBe(400)
    expect(github.comments(repository, number)).toEqual([])
    const said = await say(own, words)
    expect(said.status).toBe(303)
    expect(github.comments(repository, number)).toMatchObject([
      { body: 'Hello from the form', author: { login: 'robin' } },
    ])
  })

  it('show a discussion with its replies, and take a comment on it', async () => {
    const { open, github } = shown()
    const { number } = await github.openDiscussion(repository, { author: 'mara', title: 'How?' })
    const path = `/${repository}/discussions/${number}`
    const above = await github.commentOnDiscussion(repository, number, { author: 'mara' })
    const reply = { author: 'robin', body: 'It helps.', replyTo: above.commentId }
    const { commentId } = await github.commentOnDiscussion(repository, number, reply)
    const gone = await github.commentOnDiscussion(repository, number, { author: 'mara' })
    const thanks = { author: 'robin', body: 'Thanks.', replyTo: gone.commentId }
    await github.commentOnDiscussion(repository, number, thanks)
    await github.deleteDiscussionComment(repository, gone.commentId, { by: 'mara' })
    const page = await (await open(path)).text()
    expect(page).toContain(`class="entry reply" id="discussioncomment-${commentId}"`)
    expect(page).toMatch(/Use a smaller batch[\s\S]*It helps[\s\S]*was deleted[\s\S]*Thanks/)
    expect(page.match(/Use a smaller batch/g)).toHaveLength(1)

    const moved = await open(`/${repository}/issues/${number}`)
    expect(moved.headers.get('location')).toBe(path)
    expect(await (await open(`/${repository}/discussions`)).text()).toContain(`href="${path}"`)
    const said = await open(`${path}/comments`, {
      method: 'POST',
      headers: { origin: github.url },
      body: new URLSearchParams({ as: 'newcomer', body: '/groundswell help' }),
    })
    const latest = github.discussions(repository)[0]?.comments.at(-1)
    expect(latest).toMatchObject({ body: '/groundswell help', author: { login: 'robin' } })
    expect(said.headers.get('location')).toBe(`${path}#discussioncomment-${latest?.id}`)
  })

  it('take none while the story is told', async () => {
    const { open, github, number } = await pagesOf({ told: 3 })
    const page = await open(`/${repository}/issues/${number}/comments`, {
      method: 'POST',
      headers: { origin: github.url },
      body: new URLSearchParams({ as: 'newcomer', body: 'Me first' }),
    })
    expect(page.status).toBe(409)
    expect(await (await open('/')).text()).toContain('week 3 of 12')
    await github.close()
  })
})

const executablePath = '/usr/bin/chromium'
const hasBrowser = existsSync(executablePath) || Boolean(process.env.CI)
if (!hasBrowser) process.stderr.write('No Chromium here: the pages are not tried in a browser.\n')

describe.runIf(hasBrowser)('the pages in a browser', () => {
  const opened: { browser?: Browser } = {}
  beforeAll(async () => {
    opened.browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  })
  afterAll(async () => {
    await opened.browser?.close()
  })

  async function visit(path: string, options: Parameters<Browser['newPage']>[0] = {}) {
    const page = await opened.browser!.newPage(options)
    const strangers: string[] = []
    const { url } = shown().github
    await page.route(
      (target) => target.origin !== url,
      (route) => {
        strangers.push(route.request().url())
        return route.abort()
      },
    )
    await page.goto(`${url}${path}`)
    return { page, strangers }
  }

  it('treat what strangers wrote as text, and load nothing from them', async () => {
    const { number } = shown()
    const { page, strangers } = await visit(`/${repository}/issues/${number}`)
    expect(await page.locator('h1').textContent()).toContain(hostileTitle)
    expect(await page.title()).toContain(hostileTitle)
    expect(await page.locator('h1 img, h1 a, script').count()).toBe(0)
    expect(await page.locator('.mention').allTextContents()).toEqual(['@mara'])
    expect(await page.locator('pre code').first().textContent()).toContain('graph TD')
    expect(strangers).toEqual([])
    await page.close()
  })

  it('fit a phone, and a night', async () => {
    const { number } = shown()
    const { page } = await visit(`/${repository}/issues/${number}`, {
      viewport: { width: 360, height: 800 },
      colorScheme: 'dark',
    })
    const width = await page.evaluate('document.documentElement.scrollWidth')
    expect(width).toBeLessThanOrEqual(360)
    const background = await page.evaluate('getComputedStyle(document.body).backgroundColor')
    expect(background).toBe('rgb(13, 17, 23)')
    await page.close()
  })

  it('can be read by landmarks and used by keyboard', async () => {
    const { page } = await visit('/')
    expect(await page.getByRole('main').count()).toBe(1)
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
    await page.keyboard.press('Tab')
    expect(await page.locator(':focus').textContent()).toBe('Skip to the content')
    await page.close()
  })

  it('carry a comment from the form into the thread', async () => {
    const { number } = shown()
    const { page } = await visit(`/${repository}/issues/${number}`)
    await page.getByLabel('Comment', { exact: true }).fill('Said in a browser')
    await page.getByLabel('robin, a newcomer').check()
    await page.getByRole('button', { name: 'Comment' }).click()
    await page.getByRole('article', { name: 'By robin' }).getByText('Said in a browser').waitFor()
    expect(page.url()).toContain('#issuecomment-')
    await page.close()
  })
})
