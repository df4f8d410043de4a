import { describe, expect, it } from 'vitest'
import { reviewCommentCount, reviewCommentsPage } from '../../src/github/history/review-comments.ts'
import { starHistory } from '../../src/github/history/star-history.ts'

type Client = Parameters<typeof starHistory>[0]

const api = 'https://api.github.com'
const path = '/repos/example-lab/engine/pulls/comments'
const where = { repositoryId: 1000, owner: 'example-lab', name: 'engine' }
const readAt = new Date('2026-11-16T09:00:00Z')

interface Page {
  data: unknown
  link?: string
}

/** A client whose requests are answered by these pages, in turn; it notes what was asked. */
function answering(...pages: Page[]) {
  const asked: string[] = []
  const client = {
    request: async ({ url }: { url: string }) => {
      const { data, link } = pages[asked.length] ?? { data: [] }
      const address = api + url.replace('{owner}', 'example-lab').replace('{repo}', 'engine')
      asked.push(address)
      return { data, url: address, headers: link === undefined ? {} : { link } }
    },
  } as unknown as Client // as: nothing but `request` is called
  return { client, asked }
}

const comment = (id: number) => ({
  id,
  user: { id: 7, login: 'mona', type: 'User' },
  author_association: 'MEMBER',
  created_at: '2024-03-01T09:00:00Z',
  updated_at: '2024-03-02T09:00:00Z',
  pull_request_url: `${api}/repos/example-lab/engine/pulls/812`,
})

const commentsAfter = (client: Client, after: string | null = null) =>
  reviewCommentsPage(client, where, { after, since: null, readAt })

describe('comments on single lines', () => {
  it('are the facts that their webhooks would have given', async () => {
    const { client } = answering({ data: [comment(71)] })
    const { recording, next, oldest } = await commentsAfter(client)
    expect(recording.facts).toMatchObject([
      {
        kind: 'pull_request_review_comment.created',
        repositoryId: 1000,
        key: '71',
        thread: 812,
        accountId: 7,
        occurredAt: new Date('2024-03-01T09:00:00Z'),
      },
    ])
    expect(recording.associations).toMatchObject([{ inside: true, seenAt: readAt }])
    expect([next, oldest]).toEqual([null, new Date('2024-03-01T09:00:00Z')])
  })

  it('go on where GitHub says, numbered or not, and under the number of a renamed repository', async () => {
    const cursor = 'per_page=100&after=Y3Vyc29yOjE%3D'
    const { client, asked } = answering(
      { data: [], link: `<${api}/repositories/1000/pulls/comments?${cursor}>; rel="next"` },
      { data: [] },
    )
    const { next } = await commentsAfter(client)
    expect(next).toBe(cursor)
    await commentsAfter(client, next)
    expect(asked).toEqual([
      `${api}${path}?sort=created&direction=desc&per_page=100`,
      `${api}${path}?${cursor}`,
    ])
  })

  it.each([
    `https://evil.example${path}?page=2`,
    `${api}/repos/example-lab/engine/issues/comments?page=2`,
    `${api}/user/repos?page=2`,
    'page 2',
  ])('never follow a link to %s', async (address) => {
    const { client } = answering({ data: [], link: `<${address}>; rel="next"` })
    await expect(commentsAfter(client)).rejects.toThrow('to another list')
  })

  it('are counted by the last page, if there is one on each and GitHub numbers them', async () => {
    const links = (last: string) =>
      `<${api}${path}?page=2>; rel="next", <${api}${path}?${last}>; rel="last"`
    const countOf = (page: Page) => reviewCommentCount(answering(page).client, where)
    expect(await countOf({ data: [{}], link: links('page=80000') })).toBe(80_000)
    expect(await countOf({ data: [{}] })).toBe(1)
    expect(await countOf({ data: [] })).toBe(0)
    expect(await countOf({ data: [{}], link: links('after=abc') })).toBeNull()
    expect(await countOf({ data: 'unwell' })).toBeNull()
  })
})

describe('stars by day', () => {
  const sunday = Date.parse('2024-03-03T00:00:00Z') / 1000
  const week = (number: number, ...days: number[]) => ({
    week: sunday + number * 7 * 24 * 3600,
    total: days.reduce((sum, stars) => sum + stars, 0),
    days: [...days, ...Array<number>(7 - days.length).fill(0)],
  })
  const link = `<${api}/repos/example-lab/engine/stargazers/history?per_page=30&page=2>; rel="next"`

  it('become how many there were when a day ended, a week that is shown twice counting once', async () => {
    const { client, asked } = answering(
      { data: [week(2, 0, 5), week(1, 1)], link },
      { data: [week(1, 1), week(0, 2, 0, 3)] },
    )
    expect(await starHistory(client, where)).toEqual({
      counts: [
        { day: new Date('2024-03-03T00:00:00Z'), stars: 2 },
        { day: new Date('2024-03-05T00:00:00Z'), stars: 5 },
        { day: new Date('2024-03-10T00:00:00Z'), stars: 6 },
        { day: new Date('2024-03-18T00:00:00Z'), stars: 11 },
      ],
      requests: 2,
    })
    expect(asked).toHaveLength(2)
  })

  it('end at an empty page, though GitHub names another', async () => {
    const { client, asked } = answering({ data: [week(0, 1)], link }, { data: [], link })
    expect((await starHistory(client, where)).counts).toHaveLength(1)
    expect(asked).toHaveLength(2)
  })

  it.each([{ weeks: [] }, [{ week: sunday, days: [1, 2] }], [{ week: 'soon', days: [] }], null])(
    'are left unread in a shape that is new: %j',
    async (data) => {
      const { client } = answering({ data })
      await expect(starHistory(client, where)).rejects.toThrow('new to this version')
    },
  )
})
