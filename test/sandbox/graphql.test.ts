import {
  buildSchema,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  parse,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Permissions } from '../../src/sandbox/entities.ts'
import type { GitHubOptions } from '../../src/sandbox/github.ts'
import { costOf } from '../../src/sandbox/graphql/points.ts'
import { schemaSource } from '../../src/sandbox/graphql/schema.ts'
import { publishedSchema } from '../support/github-contract.ts'
import { double } from './double.ts'

const repository = (fields: string) =>
  `query Test { rateLimit { cost remaining nodeCount } repository(owner: "octo", name: "model") { ${fields} } }`

const change =
  'mutation Change($id: ID!, $body: String!) { updateDiscussionComment(input: { commentId: $id, body: $body }) { comment { body } } }'
const remove =
  'mutation Remove($id: ID!) { deleteDiscussionComment(input: { id: $id }) { comment { id } } }'
const reactTo =
  'mutation React($id: ID!) { addReaction(input: { subjectId: $id, content: THUMBS_UP }) { reaction { content } } }'
const reply = `mutation Reply($discussionId: ID!, $to: ID!, $body: String!) {
  addDiscussionComment(input: { discussionId: $discussionId, replyToId: $to, body: $body }) {
    comment { id body viewerDidAuthor replyTo { id } discussion { locked } }
  }
}`

/** A discussion with one comment, as their webhooks show them. */
async function talk(permissions?: Permissions) {
  const { ask: graphs, github, ...at } = await graph(permissions && { permissions })
  const { number } = await github.openDiscussion('octo/model', { author: 'newcomer-a' })
  const said = await github.commentOnDiscussion('octo/model', number, { author: 'newcomer-b' })
  const { comment, discussion } = z
    .object({
      comment: z.object({ id: z.int(), node_id: z.string() }),
      discussion: z.object({ node_id: z.string() }),
    })
    .parse(said.payload)
  const replyTo = (to: string, body = 'Here.') =>
    graphs(reply, { discussionId: discussion.node_id, to, body })
  return { ...at, github, number, comment, discussion, graphs, replyTo }
}

async function graph(options: Partial<GitHubOptions> = {}) {
  const at = await double(options)
  const token = await at.installationToken()
  const ask = async (query: string, variables: Record<string, unknown> = {}) => {
    const response = await fetch(`${at.github.url}/api/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    })
    const { data, errors } = JSON.parse(await response.text())
    return { status: response.status, headers: response.headers, data, errors }
  }
  return { ...at, token, ask }
}

describe('the GraphQL API', () => {
  it('is a part of GitHub’s published schema', () => {
    const published = publishedSchema()
    const types = Object.values(buildSchema(schemaSource).getTypeMap())
    const strangers = types
      .filter(({ name }) => !name.startsWith('__'))
      .flatMap((type) => differences(type, published.getType(type.name)))
    expect(strangers).toEqual([])
  })

  it('tells a pull request’s files, authors and co-authors', async () => {
    const { github, contract, ask } = await graph()
    github.addUser('mona', { id: 1234, emails: ['mona@example.org'] })
    const { number } = await github.openPullRequest('octo/model', {
      author: 'newcomer-a',
      files: [{ filename: 'a.py' }, { filename: 'b.py' }],
      commits: [
        { message: 'Speed up', coAuthors: ['mona', { name: 'Away', email: 'away@example.org' }] },
      ],
    })
    const fields = `databaseId forkCount stargazerCount pullRequest(number: ${number}) {
      number authorAssociation author { __typename login }
      files(first: 1) { totalCount pageInfo { hasNextPage endCursor } nodes { path } }
      commits(first: 100) { totalCount nodes { commit { oid authors(first: 10) {
        nodes { name email user { databaseId login } } } } } }
    }`
    const { data } = await ask(repository(fields))
    expect(data.repository.pullRequest).toMatchObject({
      author: { __typename: 'User', login: 'newcomer-a' },
      files: { totalCount: 2, pageInfo: { hasNextPage: true }, nodes: [{ path: 'a.py' }] },
    })
    const [{ commit }] = data.repository.pullRequest.commits.nodes
    expect(commit.authors.nodes).toMatchObject([
      { user: { login: 'newcomer-a' } },
      { email: 'mona@example.org', user: { databaseId: 1234 } },
      { email: 'away@example.org', user: null },
    ])
    expect(contract.violations).toEqual([])
    expect(github.requests.at(-1)).toMatchObject({ path: '/graphql', operation: 'Test', points: 1 })
  })

  it('pages through pull requests and issues in the asked order', async () => {
    const { github, contract, ask, pass } = await graph()
    for (const title of ['one', 'two', 'three']) {
      await github.openIssue('octo/model', { author: 'newcomer-a', title })
      pass(1)
    }
    await github.openPullRequest('octo/model', { author: 'newcomer-a' })
    const page = (after: string) => `
      issues(first: 2, ${after} orderBy: { field: UPDATED_AT, direction: DESC }) {
        totalCount pageInfo { hasNextPage endCursor } nodes { title } }`
    const { data: first } = await ask(repository(page('')))
    const { endCursor } = first.repository.issues.pageInfo
    const { data: second } = await ask(repository(page(`after: "${endCursor}",`)))
    const pages = [first, second].map(({ repository: { issues } }) => issues)
    expect(
      pages.flatMap(({ nodes }) => nodes.map(({ title }: { title: string }) => title)),
    ).toEqual(['three', 'two', 'one'])
    expect(pages.map(({ pageInfo }) => pageInfo.hasNextPage)).toEqual([true, false])
    expect(contract.violations).toEqual([])
  })

  it('takes replies to a comment in a discussion, and tells the App of its own', async () => {
    const { github, contract, discussion, comment, graphs, replyTo } = await talk()
    const made = await replyTo(comment.node_id)
    const { id, ...shown } = made.data.addDiscussionComment.comment
    expect(shown).toEqual({
      body: 'Here.',
      viewerDidAuthor: true,
      replyTo: { id: comment.node_id },
      discussion: { locked: false },
    })
    await graphs(change, { id, body: 'There.' })
    const reaction = await graphs(reactTo, { id: comment.node_id })
    expect(reaction.data.addReaction.reaction).toEqual({ content: 'THUMBS_UP' })
    expect(github.discussions('octo/model')).toMatchObject([
      {
        comments: [
          {
            reactions: [{ content: '+1', user: { login: 'groundswell[bot]' } }],
            replies: [{ body: 'There.', author: { login: 'groundswell[bot]' } }],
          },
        ],
      },
    ])
    await graphs(remove, { id })
    expect(github.discussions('octo/model')[0]?.comments[0]?.replies).toEqual([])
    const told = github.deliveries.made.filter(({ event }) => event === 'discussion_comment')
    expect(
      told.slice(1).map(({ event, payload }) => contract.checkWebhook(event, payload)),
    ).toEqual([null, null, null])
    expect(told.slice(1).map(({ payload }) => payload)).toMatchObject(
      ['created', 'edited', 'deleted'].map((action) => ({
        ...{ action, sender: { login: 'groundswell[bot]' } },
        comment: { parent_id: comment.id, user: { type: 'Bot' } },
        discussion: { node_id: discussion.node_id },
      })),
    )
    expect(contract.violations).toEqual([])
  })

  it('takes no reply to a reply, none where it is locked, and none without the permission', async () => {
    const { github, number, comment, graphs, replyTo } = await talk()
    const made = await replyTo(comment.node_id)
    const below = await replyTo(made.data.addDiscussionComment.comment.id)
    expect(below.errors).toMatchObject([
      { type: 'UNPROCESSABLE', message: expect.stringContaining('already in a thread') },
    ])
    expect((await replyTo('DC_nothing')).errors).toMatchObject([{ type: 'NOT_FOUND' }])
    expect((await replyTo(comment.node_id, ' ')).errors).toMatchObject([{ type: 'UNPROCESSABLE' }])
    await github.lockDiscussion('octo/model', number, { by: 'keeper' })
    expect((await replyTo(comment.node_id)).errors).toMatchObject([{ type: 'FORBIDDEN' }])

    await github.deleteDiscussionComment('octo/model', comment.id, { by: 'keeper' })
    const query =
      'query Test($id: ID!) { node(id: $id) { ... on DiscussionComment { deletedAt } } }'
    expect((await graphs(query, { id: comment.node_id })).data.node.deletedAt).not.toBeNull()
    const others = await talk({ metadata: 'read', discussions: 'read' })
    expect((await others.replyTo(others.comment.node_id)).errors).toMatchObject([
      { type: 'FORBIDDEN', message: 'Resource not accessible by integration' },
    ])
  })

  it('names direct forks and counts the whole network', async () => {
    const { github, ask } = await graph()
    const { fullName } = await github.fork('octo/model', { owner: 'newcomer-a' })
    await github.fork(fullName, { owner: 'newcomer-b' })
    const { data } = await ask(repository('forkCount forks(first: 10) { nodes { nameWithOwner } }'))
    expect(data.repository).toEqual({
      forkCount: 2,
      forks: { nodes: [{ nameWithOwner: 'newcomer-a/model' }] },
    })
  })

  it('compares a fork with where it came from', async () => {
    const { github, contract, ask } = await graph()
    const { fullName } = await github.fork('octo/model', { owner: 'newcomer-a' })
    await github.push(fullName, { by: 'newcomer-a', commits: [{}, {}] })
    await github.push('octo/model', { by: 'keeper' })
    const { data } = await ask(
      repository(`defaultBranchRef { compare(headRef: "newcomer-a:main") {
        status aheadBy behindBy commits(first: 5) { totalCount } } }`),
    )
    expect(data.repository.defaultBranchRef.compare).toEqual({
      status: 'DIVERGED',
      aheadBy: 2,
      behindBy: 1,
      commits: { totalCount: 2 },
    })
    expect(contract.violations).toEqual([])
  })

  it('finds things by their global ids, and says of each whether it is there', async () => {
    const { github, contract, ask, call, token } = await graph()
    await github.openIssue('octo/model', { author: 'newcomer-a', title: 'Hello' })
    const { body: model } = await call('GET', '/repos/octo/model', { token })
    const { body: issue } = await call('GET', '/repos/octo/model/issues/1', { token })
    const query = `query Find($ids: [ID!]!) { nodes(ids: $ids) { id
      ... on Repository { nameWithOwner } ... on Issue { title } } }`
    const ids = [model.node_id, 'R_nothing', issue.node_id]
    const { data, errors } = await ask(query, { ids })
    expect(data.nodes).toEqual([
      { id: model.node_id, nameWithOwner: 'octo/model' },
      null,
      { id: issue.node_id, title: 'Hello' },
    ])
    expect(errors).toMatchObject([{ type: 'NOT_FOUND', path: ['nodes', 1] }])
    expect(contract.violations).toEqual([])
  })

  it('calls a bot by its slug alone, and a deleted account nobody', async () => {
    const { github, ask } = await graph()
    await github.openIssue('octo/model', { author: 'tidy[bot]' })
    await github.openIssue('octo/model', { author: 'gone' })
    github.deleteUser('gone')
    const { data } = await ask(
      repository('issues(first: 2) { nodes { author { __typename login } } }'),
    )
    expect(data.repository.issues.nodes).toEqual([
      { author: { __typename: 'Bot', login: 'tidy' } },
      { author: null },
    ])
  })

  it('answers part of a request when the other part is not there', async () => {
    const { ask } = await graph()
    const { data, errors, status } = await ask(repository('name pullRequest(number: 9) { title }'))
    expect(status).toBe(200)
    expect(data.repository).toEqual({ name: 'model', pullRequest: null })
    expect(errors).toMatchObject([{ type: 'NOT_FOUND', path: ['repository', 'pullRequest'] }])
  })

  it('hides private repositories that the App is not installed on', async () => {
    const { github, ask } = await graph()
    github.addRepository('stranger', 'secret', { private: true })
    const { data, errors } = await ask('{ repository(owner: "stranger", name: "secret") { name } }')
    expect(data).toEqual({ repository: null })
    expect(errors).toMatchObject([{ type: 'NOT_FOUND' }])
  })

  it.each(['RATE_LIMITED', 'RATE_LIMIT'] as const)(
    'says %s when the points are spent',
    async (type) => {
      const { github, ask } = await graph()
      github.rateLimits.graphqlErrorType = type
      github.rateLimits.setRemaining('installation 77', 'graphql', 1)
      expect((await ask(repository('name'))).data.rateLimit).toMatchObject({
        cost: 1,
        remaining: 0,
      })
      const spent = await ask(repository('name'))
      expect(spent).toMatchObject({ status: 200, errors: [{ type }] })
      expect(spent.headers.get('x-ratelimit-remaining')).toBe('0')
      expect(spent.headers.get('x-ratelimit-resource')).toBe('graphql')
    },
  )

  it('insists on a page size of at most a hundred', async () => {
    const { ask } = await graph()
    expect((await ask(repository('issues { totalCount }'))).errors).toMatchObject([
      { type: 'MISSING_PAGINATION_BOUNDARIES' },
    ])
    expect((await ask(repository('issues(first: 101) { totalCount }'))).errors).toMatchObject([
      { type: 'EXCESSIVE_PAGINATION' },
    ])
  })
})

describe('the points of a request', () => {
  const cost = (fields: string, variables = {}) =>
    costOf(buildSchema(schemaSource), parse(repository(fields)), variables)

  it.each([
    ['name', 1, 0],
    [
      'pullRequests(first: 50) { nodes { reviews(first: 20) { nodes { id } } comments(first: 20) { nodes { id } } } }',
      1,
      2050,
    ],
    [
      'pullRequests(first: 100) { nodes { reviews(first: 20) { nodes { comments(first: 20) { nodes { id } } } } } }',
      21,
      42_100,
    ],
  ])('are those of GitHub’s formula: %s', (fields, points, nodes) => {
    expect(cost(fields)).toEqual({ points, nodes })
  })

  it('are refused for half a million nodes', () => {
    const tooMany =
      'pullRequests(first: 100) { nodes { reviews(first: 100) { nodes { comments(first: 100) { nodes { id } } } } } }'
    expect(() => cost(tooMany)).toThrow(/500,000/)
  })

  it('leave out what a directive leaves out', () => {
    const query = `query Test($deep: Boolean!, $size: Int = 100) { repository(owner: "octo", name: "model") {
      issues(first: $size) @include(if: $deep) { nodes { id } } } }`
    const nodes = (deep: boolean) => costOf(buildSchema(schemaSource), parse(query), { deep }).nodes
    expect([nodes(true), nodes(false)]).toEqual([100, 0])
  })
})

/** What a type of ours has that GitHub's lacks or has otherwise. */
function differences(ours: GraphQLNamedType, theirs: GraphQLNamedType | undefined): string[] {
  if (isSpecifiedScalarType(ours)) return []
  if (!theirs) return [ours.name]
  if (isEnumType(ours)) {
    return ours.getValues().flatMap(({ name }) => {
      const known = isEnumType(theirs) && theirs.getValue(name)
      return known ? [] : [`${ours.name}.${name}`]
    })
  }
  if (isInputObjectType(ours)) {
    const fields = isInputObjectType(theirs) ? theirs.getFields() : {}
    return Object.values(ours.getFields()).flatMap(({ name, type }) =>
      String(fields[name]?.type) === String(type) ? [] : [`${ours.name}.${name}`],
    )
  }
  if (!isObjectType(ours) && !isInterfaceType(ours)) return []
  const fields = isObjectType(theirs) || isInterfaceType(theirs) ? theirs.getFields() : {}
  return Object.values(ours.getFields()).flatMap((field) => {
    const known = fields[field.name]
    const name = `${ours.name}.${field.name}`
    if (String(known?.type) !== String(field.type)) return [name]
    return field.args
      .filter((given) => !known?.args.some((arg) => String(arg) === String(given)))
      .map((given) => `${name}(${given.name})`)
  })
}
