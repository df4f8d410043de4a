import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'
import { pino } from 'pino'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEnvironment } from '../../config/environment.ts'
import { repositorySchema } from '../../config/repository-schema.ts'
import { chartSvg, themes } from '../../src/charts/chart-svg.ts'
import type { Tables } from '../../src/store/database.ts'
import { publicPages } from '../../src/web/pages.ts'
import { readingListener } from '../../src/web/reading-listener.ts'

/** A database that holds nothing. */
const db = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (empty) => new PostgresIntrospector(empty),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

const environment = readEnvironment({ PUBLIC_URL: 'https://groundswell.example' })
const faults: unknown[] = []
const serving: { server?: Server; url?: string } = {}

beforeAll(async () => {
  const pages = publicPages({
    ...{ db, environment, log: pino({ level: 'silent' }) },
    now: () => new Date('2026-11-24T12:00:00Z'),
  })
  const listener = readingListener(pages, (fault) => faults.push(fault))
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // as: a TCP server has one
  Object.assign(serving, { server, url: `http://127.0.0.1:${port}` })
})

afterAll(async () => {
  await new Promise((resolve) => serving.server?.close(resolve))
  expect(faults).toEqual([])
})

const get = (path: string, init?: RequestInit) => fetch(`${serving.url}${path}`, init)

describe('the definitions', () => {
  it('are a page that nothing can be added to', async () => {
    const page = await get('/docs/metrics')
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toBe('text/html; charset=UTF-8')
    const policy = page.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'; style-src 'self'")
    expect(policy).not.toContain('unsafe')
    const html = await page.text()
    expect(html).toContain('<title>How each number is made · Groundswell</title>')
    expect(html).toContain('<h3 id="change-requests-accepted">Change Requests Accepted</h3>')
    expect(html).not.toMatch(/<script|<img|<iframe|style="/)
    const loaded = [...html.matchAll(/<link[^>]* href="([^"]*)"/g)].map(([, href]) => href)
    expect(loaded).toEqual(['style.css', 'data:,'])
  })

  it.each(['/docs/metrics', '/docs/style.css', '/docs/groundswell.schema.json'])(
    '%s is sent once to who keeps it',
    async (path) => {
      const first = await get(path)
      const etag = first.headers.get('etag') ?? ''
      expect(first.headers.get('cache-control')).toBe('public, max-age=300')
      const again = await get(path, { headers: { 'if-none-match': etag } })
      expect([again.status, await again.text()]).toEqual([304, ''])
      expect(again.headers.get('cache-control')).toBe('public, max-age=300')
      const other = await get(path, { headers: { 'if-none-match': '"another"' } })
      expect([other.status, other.headers.get('etag')]).toEqual([200, etag])
      const head = await get(path, { method: 'HEAD' })
      expect([head.status, head.headers.get('etag')]).toEqual([200, etag])
      expect(await head.text()).toBe('')
    },
  )
})

it('has a schema of the configuration, also for editors that run on another site', async () => {
  const answer = await get('/docs/groundswell.schema.json')
  expect(answer.headers.get('content-type')).toBe('application/schema+json; charset=utf-8')
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  expect(await answer.json()).toEqual(JSON.parse(JSON.stringify(repositorySchema())))
})

describe('what is not there', () => {
  it.each([
    '/',
    '/docs',
    '/docs/metrics.md',
    '/docs/../package.json',
    '/docs/%2e%2e/package.json',
    '/chart/example-lab/engine/forks.svg',
    '/chart/example-lab/engine/forks.png',
    '/chart/example-lab/engine',
    '/chart/example-lab/a%00b/forks.svg',
    '/chart/%E0%A4%A/engine/forks.svg',
    '/chart/a/b/c/forks.svg',
    `/chart/${'a'.repeat(5_000)}/engine/forks.svg`,
    '//evil.example/docs/metrics',
  ])('%s is said to be', async (path) => {
    const page = await get(path)
    expect([page.status, await page.text()]).toEqual([404, 'Nothing is here.\n'])
    expect(page.headers.get('cache-control')).toBe('no-store')
  })

  it.each(['POST', 'PUT', 'DELETE'])('is nothing to %s', async (method) => {
    expect((await get('/docs/metrics', { method })).status).toBe(404)
  })

  it.each([
    ['?week=2026-W54', 'week'],
    ['?week=2026-W00', 'week'],
    ['?week=last', 'week'],
    ['?week=', 'week'],
    ['?theme=', 'theme'],
    ['?theme=Dark', 'theme'],
    ['?theme=constructor', 'theme'],
  ])('has its reason in %s', async (query, named) => {
    const page = await get(`/chart/example-lab/engine/forks.svg${query}`)
    expect(page.status).toBe(400)
    expect(await page.text()).toMatch(new RegExp(`^${named}: .*[.]\n$`))
  })
})

const executablePath = '/usr/bin/chromium'
const hasBrowser = existsSync(executablePath) || Boolean(process.env.CI)
if (!hasBrowser) process.stderr.write('No Chromium here: the pages are not tried in a browser.\n')

describe.runIf(hasBrowser)('in a browser', () => {
  const opened: { browser?: Browser } = {}
  beforeAll(async () => {
    opened.browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  })
  afterAll(async () => {
    await opened.browser?.close()
  })

  async function visit(path: string, options: Parameters<Browser['newPage']>[0] = {}) {
    const page = await opened.browser!.newPage(options)
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('request', (request) => {
      const url = request.url()
      if (!url.startsWith(`${serving.url}/`) && !url.startsWith('data:')) complaints.push(url)
    })
    const answer = await page.goto(`${serving.url}${path}`)
    expect(answer?.status()).toBe(200)
    return { page, complaints }
  }

  it.each(['light', 'dark'] as const)('the definitions are read in the %s', async (colorScheme) => {
    const { page, complaints } = await visit('/docs/metrics', { colorScheme })
    expect(await page.getByRole('main').count()).toBe(1)
    expect(await page.getByRole('heading', { level: 1 }).allTextContents()).toEqual([
      'How each number is made',
    ])
    const contrasts = await page.evaluate<[string, number][]>(contrastsOfTexts)
    expect(contrasts.length).toBeGreaterThan(100)
    expect(contrasts.filter(([, contrast]) => contrast < 4.5)).toEqual([])
    const depths = await page.evaluate<number[]>(
      '[...document.querySelectorAll("h1,h2,h3,h4")].map((h) => Number(h.tagName[1]))',
    )
    expect(depths.filter((depth, index) => depth > (depths[index - 1] ?? 0) + 1)).toEqual([])
    expect(complaints).toEqual([])
    await page.close()
  })

  it('a number leads to its definition', async () => {
    const { page } = await visit('/docs/metrics#change-requests-accepted')
    const heading = page.locator(':target')
    expect(await heading.textContent()).toBe('Change Requests Accepted')
    expect(await page.evaluate('scrollY')).toBeGreaterThan(500)
    await page.close()
  })

  it('the keyboard reaches everything, and shows where it is', async () => {
    const { page } = await visit('/docs/metrics')
    await page.keyboard.press('Tab')
    expect(await page.locator(':focus').textContent()).toBe('Skip to the content')
    expect((await page.locator(':focus').boundingBox())?.x).toBeGreaterThanOrEqual(0)
    await page.keyboard.press('Tab')
    expect(await page.locator(':focus').getAttribute('href')).toMatch(/^https:\/\/chaoss/)
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')
    expect(outline).toBe('solid')
    await page.close()
  })

  it('a phone shows all of it', async () => {
    const { page } = await visit('/docs/metrics', { viewport: { width: 320, height: 640 } })
    const width = await page.evaluate('document.documentElement.scrollWidth')
    expect(width).toBeLessThanOrEqual(320)
    await page.close()
  })

  it.each(themes)('a %s chart is an image of its size', async (theme) => {
    const chart = {
      name: 'forks',
      title: 'Forks',
      axis: 'forks',
      steps: ['W45', 'W46', 'W47'],
      series: [{ name: 'forks', mark: 'line', values: [900, 940, 1_000] }],
    } as const
    const page = await opened.browser!.newPage()
    const source = Buffer.from(chartSvg(chart, theme)).toString('base64')
    await page.setContent(`<img alt="" src="data:image/svg+xml;base64,${source}">`)
    await page.waitForFunction('document.images[0].complete')
    const size = await page.evaluate(
      '[document.images[0].naturalWidth, document.images[0].naturalHeight]',
    )
    expect(size).toEqual([760, 260])
    await page.close()
  })
})

/** Of every text on the page against what is behind it, by WCAG. */
const contrastsOfTexts = `(() => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number)
  const luminance = (colour) => {
    const [r, g, b] = parse(colour).map((part) => {
      const share = part / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor
      if (parse(colour)[3] !== 0) return colour
    }
    return 'rgb(255, 255, 255)'
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found = []
  while (texts.nextNode()) {
    const text = texts.currentNode
    if (text.textContent.trim() === '') continue
    const [a, b] = [getComputedStyle(text.parentElement).color, ground(text.parentElement)]
      .map(luminance)
      .sort((x, y) => x - y)
    found.push([text.textContent, (b + 0.05) / (a + 0.05)])
  }
  return found
})()`
