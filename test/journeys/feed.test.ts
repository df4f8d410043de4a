import { expect, it } from 'vitest'
import { fromXml } from 'xast-util-from-xml'
import { engine, journey } from '../support/journey.ts'

type Root = ReturnType<typeof fromXml>
type Element = Extract<Root['children'][number], { type: 'element' }>
type Journey = Awaited<ReturnType<typeof journey>>

async function feed({ app }: Journey, path = `/feed/${engine}.atom`, headers = {}) {
  const response = await fetch(`${app.url}${path}`, { headers })
  return {
    status: response.status,
    etag: response.headers.get('etag'),
    text: await response.text(),
  }
}

const elements = (parent: Root | Element, name: string): Element[] =>
  [...parent.children].flatMap((child) =>
    child.type === 'element' && child.name === name ? [child] : [],
  )

function textOf(parent: Element | undefined, name: string): string {
  const [found] = parent === undefined ? [] : elements(parent, name)
  return found?.children.map((child) => ('value' in child ? child.value : '')).join('') ?? ''
}

const linksOf = (parent: Element | undefined) =>
  parent === undefined
    ? []
    : elements(parent, 'link').map(({ attributes: { rel, href } }) => [rel, href])

it('holds the digests of a public repository, without whom asked not to be named', async () => {
  const run = await journey({ env: { PUBLIC_URL: 'https://groundswell.example' } })
  const { github, idle, pass, reach, tick } = run
  await idle()
  const empty = elements(fromXml((await feed(run)).text), 'feed')[0]
  expect(empty && elements(empty, 'entry')).toEqual([])

  const title = 'Fix ]]> & <script>alert(1)</script> the sampler'
  const { number } = await github.openPullRequest(engine, { author: 'newcomer-a', title })
  await pass(3)
  await github.mergePullRequest(engine, number, { by: 'mara' })
  const waiting = await github.openIssue(engine, { author: 'newcomer-b', title })
  await idle()
  await reach(new Date('2026-11-23T09:00:00Z'))
  await tick('schedule-digests')

  const first = await feed(run)
  expect(first.status).toBe(200)
  const [root] = elements(fromXml(first.text), 'feed')
  expect(textOf(root, 'id')).toMatch(/^tag:127\.0\.0\.1,2026:groundswell\/\d+$/)
  expect(textOf(root, 'updated')).toBe('2026-11-23T09:00:00.000Z')
  expect(linksOf(root)).toEqual([
    ['self', `https://groundswell.example/feed/${engine}.atom`],
    ['alternate', `${github.url}/${engine}`],
  ])
  const [entry, ...others] = root === undefined ? [] : elements(root, 'entry')
  expect(others).toEqual([])
  expect(textOf(entry, 'title')).toBe('Community digest, week 47 of 2026')
  const digest = github.issues(engine).find(({ byApp }) => byApp)
  expect(linksOf(entry)).toEqual([
    ['alternate', `${github.url}/${engine}/issues/${digest?.number}`],
  ])
  const html = textOf(entry, 'content')
  expect(html).toContain('newcomer-a')
  expect(html).toContain('&#x3C;script>')
  expect(html).not.toMatch(/<script|<img/)

  const same = await feed(run, undefined, { 'if-none-match': first.etag })
  expect(same.status).toBe(304)

  await github.comment(engine, waiting.number, {
    author: 'newcomer-a',
    body: '/groundswell hide-me',
  })
  await idle()
  expect((await feed(run)).text).not.toContain('newcomer-a')
  expect(github.issues(engine).find(({ byApp }) => byApp)?.body).not.toContain('newcomer-a')
  expect(github.issues(engine).filter(({ byApp }) => byApp)).toHaveLength(1)
})

it('is not there for a private repository, as for one that nobody knows', async () => {
  const run = await journey({
    env: { PUBLIC_URL: 'https://groundswell.example' },
    before: async (github) => {
      github.world.repository(engine).private = true
    },
  })
  await run.idle()
  const hidden = await feed(run)
  const unknown = await feed(run, '/feed/example-lab/other.atom')
  expect(hidden).toEqual(unknown)
  expect(hidden.status).toBe(404)
})
