import { describe, expect, it } from 'vitest'
import { failureOf } from '../../src/github/failure.ts'
import { Actor } from '../../src/github/history/actor.ts'
import { restKinds } from '../../src/github/history/conversation.ts'
import { conversationRests } from '../../src/github/history/conversation-rests.ts'
import { historyPage, historyPages, LaneClosed } from '../../src/github/history/read-history.ts'
import { type ask, TooMuch } from '../../src/github/history/request.ts'
import { githubContract } from '../support/github-contract.ts'

type Client = Parameters<typeof ask>[0]

/** A client whose every GraphQL request is answered, or refused, in this one way. */
const answering = (answer: () => unknown) =>
  ({ graphql: async () => answer() }) as unknown as Client // as: nothing but `graphql` is called

const failing = (error: object) =>
  answering(() => {
    throw Object.assign(new Error('GitHub said so'), error)
  })

const where = { repositoryId: 1000, owner: 'example-lab', name: 'engine' }
const at = '2024-03-01T09:00:00Z'
const mona = { __typename: 'User', login: 'mona', databaseId: 7 }
const whole = { hasNextPage: false, endCursor: null }

const pull = (more: object = {}) => ({
  id: 'PR_1',
  number: 812,
  title: 'Fix RoPE scaling',
  state: 'MERGED',
  isDraft: false,
  createdAt: at,
  updatedAt: at,
  closedAt: at,
  mergedAt: at,
  mergeCommit: { oid: 'abc' },
  headRepository: { databaseId: 2000 },
  authorAssociation: 'NONE',
  author: mona,
  reviews: { pageInfo: whole, nodes: [] },
  comments: { pageInfo: whole, nodes: [] },
  ...more,
})

const pageOf = (...nodes: unknown[]) => ({
  rateLimit: null,
  repository: { page0: { pageInfo: whole, nodes } },
})

const readAt = new Date('2026-11-16T09:00:00Z')
const read = (client: Client) =>
  historyPage(client, where, { lane: 'pull_requests', after: null, size: 49, readAt })

describe('a pull request that is read', () => {
  it('gives what its webhooks would have given', async () => {
    const review = (fullDatabaseId: string, state: string) => ({
      ...{ fullDatabaseId, state, submittedAt: at, authorAssociation: 'MEMBER', author: null },
    })
    const reviews = {
      pageInfo: whole,
      nodes: [
        review('9007199254740000', 'CHANGES_REQUESTED'),
        review('2', 'DISMISSED'),
        { ...review('3', 'PENDING'), submittedAt: null },
      ],
    }
    const { recording, rest, oldest } = await read(answering(() => pageOf(pull({ reviews }))))
    expect(recording.facts.map(({ kind, key }) => [kind, key])).toEqual([
      ['pull_request.opened', '812'],
      ['pull_request.merged', '812'],
      ['pull_request_review.submitted', '9007199254740000'],
    ])
    expect(recording.facts.at(-1)).toMatchObject({
      accountId: null,
      detail: { verdict: 'changes_requested' },
    })
    expect(recording.threads).toMatchObject([
      { open: false, mergeSha: 'abc', headRepositoryId: 2000, authorId: 7 },
    ])
    expect([rest, oldest]).toEqual([[], new Date(at)])
  })

  it('leaves to be asked for what was too much for its page, and what GitHub left out', async () => {
    const reviews = { pageInfo: { hasNextPage: true, endCursor: 'next' }, nodes: [] }
    const { rest } = await read(answering(() => pageOf(pull({ reviews, comments: null }))))
    expect(rest).toEqual([
      { node: 'PR_1', of: 'pull_request.reviews', number: 812, madeAt: at, cursor: 'next' },
      { node: 'PR_1', of: 'pull_request.comments', number: 812, madeAt: at, cursor: null },
    ])
  })

  it('tells what it was before, but its last closing and its merge only once', async () => {
    const turn = (type: string, day: number) => ({
      __typename: `${type}Event`,
      createdAt: `2024-03-0${day}T09:00:00Z`,
    })
    const turns = [turn('ReadyForReview', 1), turn('Closed', 2), turn('Reopened', 3)]
    const timelineItems = { pageInfo: whole, nodes: [...turns, turn('Closed', 4)] }
    const { recording } = await read(answering(() => pageOf(pull({ timelineItems }))))
    expect(recording.facts.map(({ kind, key, accountId }) => [kind, key, accountId])).toEqual([
      ['pull_request.opened', '812', 7],
      ['pull_request.merged', '812', 7],
      ['pull_request.ready_for_review', '812@2024-03-01T09:00:00.000Z', 7],
      ['pull_request.closed', '812@2024-03-02T09:00:00.000Z', 7],
      ['pull_request.reopened', '812@2024-03-03T09:00:00.000Z', 7],
    ])
  })

  it('tells of its author as of the day on which it is read', async () => {
    const told = await read(answering(() => pageOf(pull({ authorAssociation: 'MEMBER' }))))
    const { accounts, associations, threads } = told.recording
    expect(accounts).toEqual([{ id: 7, login: 'mona', type: 'User', seenAt: readAt }])
    expect(associations).toMatchObject([{ accountId: 7, inside: true, seenAt: readAt }])
    expect(threads).toMatchObject([{ updatedAt: new Date(at) }])
  })
})

describe('an account', () => {
  it.each([
    [mona, { id: 7, login: 'mona', type: 'User' }],
    [
      { __typename: 'Bot', login: 'dependabot', databaseId: 8 },
      { id: 8, login: 'dependabot[bot]', type: 'Bot' },
    ],
    [
      { __typename: 'Mannequin', login: 'was-imported', databaseId: 9 },
      { id: 9, login: 'was-imported', type: 'Mannequin' },
    ],
    [{ __typename: 'User', login: 'ghost', databaseId: 10137 }, null],
    [{ __typename: 'EnterpriseUserAccount', login: 'mona' }, null],
    [null, null],
  ])('%j is as webhooks have it', (actor, account) => {
    expect(Actor.parse(actor)).toEqual(account)
  })
})

describe('an answer that lacks something', () => {
  const graphql = (type: string | undefined, data: unknown, headers = {}) =>
    failing({ data, headers, errors: [{ type, message: 'Not this one' }] })

  it.each(['NOT_FOUND', 'FORBIDDEN'])(
    'of single objects is taken without them: %s',
    async (type) => {
      const { recording } = await read(graphql(type, pageOf(null, pull())))
      expect(recording.threads).toHaveLength(1)
    },
  )

  it.each(['RESOURCE_LIMITS_EXCEEDED', undefined])(
    'of anything else is asked for again: %s',
    async (type) => {
      const error = await read(graphql(type, pageOf(pull()))).catch((caught: unknown) => caught)
      expect(error).toBeInstanceOf(TooMuch)
      expect(error).toMatchObject({ partial: { data: pageOf(pull()) } })
    },
  )

  it('of the lane closes it, and of the repository ends all', async () => {
    const closed = graphql('FORBIDDEN', { repository: { page0: null } })
    await expect(read(closed)).rejects.toBeInstanceOf(LaneClosed)
    const rider = graphql('FORBIDDEN', {
      repository: { ...pageOf(pull()).repository, page1: null },
    })
    const { pages } = await historyPages(rider, where, {
      pages: [
        { lane: 'pull_requests', after: null, size: 49 },
        { lane: 'forks', after: null, size: 100 },
      ],
      readAt,
    })
    expect(pages).toMatchObject([{ next: null, oldest: new Date(at) }, expect.any(LaneClosed)])
    const error = await read(graphql('NOT_FOUND', { repository: null })).catch((e: unknown) => e)
    expect(failureOf(error, new Date(at)).kind).toBe('gone')
  })

  it.each([502, 504, 500])(
    'because of a timeout is asked for again in less: %d',
    async (status) => {
      await expect(read(failing({ status }))).rejects.toBeInstanceOf(TooMuch)
    },
  )

  it.each(['RATE_LIMITED', 'RATE_LIMIT'])(
    'because of %s waits until GitHub counts anew',
    async (type) => {
      const now = new Date(at)
      const reset = String(now.getTime() / 1000 + 600)
      const headers = { 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': reset }
      const error = await read(graphql(type, null, headers)).catch((caught: unknown) => caught)
      expect(failureOf(error, now)).toMatchObject({ kind: 'wait', ms: 600_000 })
    },
  )
})

it('asks for the rest of every kind of conversation in words that GitHub knows', async () => {
  const asked: string[] = []
  const client = {
    graphql: async (document: string) => {
      asked.push(document)
      return {}
    },
  } as unknown as Client // as: nothing but `graphql` is called
  const rests = restKinds.map((of) => ({ node: 'N_1', of, number: 1, madeAt: at, cursor: null }))
  await conversationRests(client, 1000, { rests, size: 100, readAt })
  expect(asked).toHaveLength(1)
  expect(asked.map(githubContract().checkDocument)).toEqual([null])
})

it('asks for the rest of many conversations at once, and does without those that are gone', async () => {
  const replied = (databaseId: number, replies: object) => ({
    ...{ id: `DC_${databaseId}`, databaseId, createdAt: at, updatedAt: at, author: mona, replies },
  })
  const next = { hasNextPage: true, endCursor: 'further' }
  const reply = { databaseId: 72, createdAt: at, updatedAt: at, author: mona }
  const client = answering(() => ({
    part0: null,
    part1: { page: { pageInfo: whole, nodes: [replied(71, { pageInfo: next, nodes: [reply] })] } },
  }))
  const rests = [
    { node: 'I_1', of: 'issue.comments', number: 1, madeAt: at, cursor: 'a' },
    { node: 'D_2', of: 'discussion.comments', number: 2, madeAt: at, cursor: 'b' },
  ] as const
  const { recording, rest } = await conversationRests(client, 1000, { rests, size: 100, readAt })
  expect(recording.facts.map(({ kind, key, thread }) => [kind, key, thread])).toEqual([
    ['discussion_comment.created', '71', 2],
    ['discussion_comment.created', '72', 2],
  ])
  expect(rest).toEqual([
    { node: 'DC_71', of: 'discussion.replies', number: 2, madeAt: at, cursor: 'further' },
  ])
})
