import { expect, it } from 'vitest'
import { keepDigest } from '../../src/store/digests.ts'
import { engine, journey } from '../support/journey.ts'

type Journey = Awaited<ReturnType<typeof journey>>

const publicUrl = 'https://groundswell.example'
const settings = { PUBLIC_URL: publicUrl }
const weekMs = 7 * 24 * 3_600_000

async function get({ app }: Journey, path: string, init?: RequestInit) {
  const response = await fetch(`${app.url}${path}`, init)
  const { status, headers } = response
  const header = (name: string) => headers.get(name) ?? ''
  return { status, text: await response.text(), header, etag: header('etag') }
}

/** A digest that drew a network of so many forks. */
async function drew({ app, github }: Journey, week: string, size: number, named = engine) {
  const series = [{ name: 'forks', mark: 'line', values: [1, 2, 3, size] }]
  const chart = {
    name: 'forks',
    title: `${size} forks`,
    axis: 'forks',
    steps: ['a', 'b', 'c', 'd'],
  }
  await keepDigest(app.deps.db, github.world.repository(named).id, {
    ...{ week, title: week, markdown: week, countedAt: app.deps.now() },
    content: { charts: [{ ...chart, series }] },
  })
}

const chart = (query = '', of = engine) => `/chart/${of}/forks.svg${query}`
const titleOf = ({ text }: { text: string }) => /<title id="title">(.*?)<\/title>/.exec(text)?.[1]

it('shows what the digest of the week showed, from the address in the digest', async () => {
  const run = await journey({
    at: '2026-10-12T09:00:00Z',
    env: settings,
    before: async (github, clock) => {
      for (let week = 0; week < 5; week += 1) {
        for (const author of ['mara', 'newcomer-a']) {
          const { number } = await github.openPullRequest(engine, { author })
          await github.mergePullRequest(engine, number, { by: 'mara' })
        }
        clock.now = new Date(clock.now.getTime() + weekMs)
      }
    },
  })
  const { number } = await run.github.openPullRequest(engine, { author: 'mara' })
  await run.github.mergePullRequest(engine, number, { by: 'mara' })
  await run.idle()
  await run.reach(new Date('2026-11-23T09:00:00Z'))
  await run.tick('schedule-digests')
  const digests = run.github.issues(engine).filter(({ byApp }) => byApp)
  const body = digests.map((digest) => digest.body).join()
  const title = 'Merged pull requests, 5 weeks: 1 in the last, 0 of them from outside'
  expect(body).toContain(`<img alt="${title}"`)
  expect(body).toContain(`(${publicUrl}/docs/metrics#change-requests-accepted)`)
  expect(body).not.toContain('mermaid')

  const pictures = [...body.matchAll(/(?:src|srcset)="([^"]*)"/g)].map(([, url = '']) => url)
  expect(pictures).toHaveLength(2)
  for (const url of pictures) {
    expect(url.startsWith(`${publicUrl}/`)).toBe(true)
    const shown = await get(run, url.slice(publicUrl.length).replaceAll('&amp;', '&'))
    expect([shown.status, titleOf(shown)]).toEqual([200, title])
    expect(shown.text).toContain('all: W43 2, W44 2, W45 2, W46 2, W47 1')
  }

  // What becomes known later changes the next digest, not this one's picture.
  const late = await run.github.openPullRequest(engine, { author: 'newcomer-a' })
  await run.github.mergePullRequest(engine, late.number, { by: 'mara' })
  await run.idle()
  expect(titleOf(await get(run, `/chart/${engine}/merges.svg?week=2026-W47`))).toBe(title)
  expect((await get(run, chart('?week=2026-W47'))).status).toBe(404)
})

it('is found by week and by theme, and kept by others no longer than it holds', async () => {
  const run = await journey({ env: settings })
  await run.idle()
  await drew(run, '2026-W45', 45)
  await drew(run, '2026-W47', 47)
  await drew(run, '2027-W02', 2)

  expect(titleOf(await get(run, chart('?week=2026-W47')))).toBe('47 forks')
  expect(titleOf(await get(run, chart()))).toBe('2 forks')
  expect((await get(run, chart('?week=2026-W46'))).status).toBe(404)
  expect(titleOf(await get(run, chart('', 'EXAMPLE-Lab/Engine')))).toBe('2 forks')
  const [day, night] = await Promise.all(
    ['light', 'dark'].map((theme) => get(run, chart(`?theme=${theme}`))),
  )
  expect(day?.text).toBe((await get(run, chart())).text)
  expect(night?.text).not.toBe(day?.text)

  run.clock.now = new Date('2026-12-06T22:00:00Z')
  const cached = async (query: string) => (await get(run, chart(query))).header('cache-control')
  expect(await cached('?week=2026-W47')).toBe('public, max-age=3600')
  expect(await cached('?week=2026-W45')).toBe('public, max-age=31536000, immutable')
  expect(await cached('')).toBe('public, max-age=3600')

  const { etag, header } = await get(run, chart())
  expect(header('content-type')).toBe('image/svg+xml; charset=utf-8')
  expect(header('content-security-policy')).toBe("default-src 'none'; style-src 'unsafe-inline'")
  expect(header('cross-origin-resource-policy')).toBe('cross-origin')
  const again = await get(run, chart(), { headers: { 'if-none-match': etag } })
  expect([again.status, again.text]).toEqual([304, ''])
  const head = await get(run, chart(), { method: 'HEAD' })
  expect([head.status, head.etag, head.text]).toEqual([200, etag, ''])
  await drew(run, '2027-W02', 3)
  expect((await get(run, chart(), { headers: { 'if-none-match': etag } })).status).toBe(200)
})

it('follows a repository to its new name until another one has the old one', async () => {
  const run = await journey({ env: settings })
  await run.idle()
  await drew(run, '2026-W47', 47)
  await run.pass(1)
  await run.github.renameRepository(engine, 'core')
  await run.github.openIssue('example-lab/core', { author: 'mara' })
  await run.idle()
  for (const name of [engine, 'example-lab/core', 'Example-Lab/ENGINE']) {
    expect(titleOf(await get(run, chart('', name))), name).toBe('47 forks')
  }

  const { db } = run.app.deps
  const { id } = run.github.world.repository('example-lab/core')
  const row = await db
    .selectFrom('repositories')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const taken = { ...row, id: id + 1_000, name: 'Engine', configuration: null }
  await db
    .insertInto('repositories')
    .values({ ...taken, private: true })
    .execute()
  expect((await get(run, chart())).status).toBe(404)
  expect(titleOf(await get(run, chart('', 'example-lab/core')))).toBe('47 forks')
  await db
    .updateTable('repositories')
    .set({ untracked_at: new Date() })
    .where('id', '=', taken.id)
    .execute()
  expect(titleOf(await get(run, chart()))).toBe('47 forks')
})

it('says the same of what is private, has left, or was never there', async () => {
  const run = await journey({ env: settings })
  await run.idle()
  await drew(run, '2026-W47', 47)
  const { db } = run.app.deps
  const { id } = run.github.world.repository(engine)
  const absent = await get(run, chart('', 'example-lab/absent'))
  const isHidden = async (changed: { private?: boolean; untracked_at?: Date | null }) => {
    await db.updateTable('repositories').set(changed).where('id', '=', id).execute()
    for (const query of ['', '?week=2026-W47']) {
      const { status, text, header } = await get(run, chart(query))
      expect([status, text]).toEqual([absent.status, absent.text])
      expect(header('cache-control')).toBe(absent.header('cache-control'))
    }
  }
  expect(absent.status).toBe(404)
  await isHidden({ private: true })
  await isHidden({ private: false, untracked_at: new Date() })
  await db.updateTable('repositories').set({ untracked_at: null }).execute()
  expect((await get(run, chart())).status).toBe(200)
  await db.updateTable('installations').set({ deleted_at: new Date() }).execute()
  await isHidden({ private: false })
})

it('is nowhere without a public address', async () => {
  const run = await journey()
  await run.idle()
  await drew(run, '2026-W47', 47)
  expect((await get(run, chart())).status).toBe(404)
  expect((await get(run, '/docs/metrics')).status).toBe(404)
  expect((await get(run, '/health')).status).toBe(200)
})
