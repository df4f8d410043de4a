import { describe, expect, it } from 'vitest'
import { grown, halved, type RequestSizes, sizeOf } from '../../jobs/request-size.ts'
import type { GitHubClient } from '../../src/github/client.ts'
import { toCompared, upstreamIn } from '../../src/github/forks/compared.ts'
import { forksById } from '../../src/github/forks/forks-by-id.ts'
import { forksOfForks } from '../../src/github/forks/forks-of-forks.ts'

const node = (databaseId: number) => ({
  databaseId,
  id: `R_${databaseId}`,
  nameWithOwner: `owner-${databaseId}/engine`,
  isPrivate: false,
  description: null,
  createdAt: '2026-11-01T00:00:00Z',
  pushedAt: null,
  isArchived: false,
  isDisabled: false,
  hasIssuesEnabled: false,
  forkCount: 0,
  stargazerCount: 0,
  owner: { __typename: 'User', login: `owner-${databaseId}`, databaseId },
  parent: { databaseId: 1 },
})

/** Answers with data and errors, as Octokit throws them. */
const answering = (data: unknown, errors: unknown[]) =>
  ({
    graphql: async () => {
      throw Object.assign(new Error('in part'), { data, errors })
    },
  }) as unknown as GitHubClient // as: nothing else is asked of it

describe('an answer in part', () => {
  const kinds = async (errors: unknown[], nodes: unknown[]) => {
    const ids = nodes.map((_, index) => `R_${index}`)
    const { found } = await forksById(answering({ nodes }, errors), ids)
    return found.map(({ kind }) => kind)
  }

  it('tells what is not there from what GitHub refuses or fails to give', async () => {
    const errors = [
      { type: 'NOT_FOUND', path: ['nodes', 1] },
      { type: 'FORBIDDEN', path: ['nodes', 2] },
      { message: 'Something went wrong', path: ['nodes', 3, 'parent'] },
    ]
    const nodes = [node(10), null, null, node(13), node(14)]
    expect(await kinds(errors, nodes)).toEqual(['told', 'absent', 'failed', 'failed', 'told'])
  })

  it('is no answer where an error is about all of it', async () => {
    const errors = [{ type: 'RESOURCE_LIMITS_EXCEEDED', message: 'Too much' }]
    expect(await kinds(errors, [node(10), null])).toEqual(['failed', 'failed'])
  })

  it('keeps the pages that are there', async () => {
    const page = { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [node(20), null] }
    const data = { parent0: { forks: page }, parent1: null }
    const errors = [{ message: 'Something went wrong', path: ['parent1', 'forks'] }]
    const parents = [10, 11].map((id) => ({ nodeId: `R_${id}`, after: null }))
    const { pages } = await forksOfForks(answering(data, errors), parents)
    expect(pages).toMatchObject([
      { kind: 'told', value: { forks: [{ id: 20 }], next: null } },
      { kind: 'failed' },
    ])
  })
})

describe('a comparison', () => {
  const upstream = { owner: 'example-lab', name: 'engine', defaultBranch: 'main' }
  const shown = (name: string) =>
    upstreamIn({ defaultBranchRef: { name, target: { oid: 'tip' } }, refs: null }, upstream)
  const compared = (oid: string) => ({ aheadBy: 7, behindBy: 2, headTarget: { oid } })

  it('is turned round: what upstream is ahead by, the fork is behind by', () => {
    expect(toCompared(compared('tip'), shown('main'))).toEqual({
      ahead: 2,
      behind: 7,
      against: 'tip',
    })
  })

  it('counts for nothing where it was made with something else', () => {
    expect(toCompared(compared('other'), shown('main'))).toBeNull()
    expect(toCompared(compared('tip'), shown('trunk'))).toBeNull()
  })

  it('may find nothing in common', () => {
    expect(toCompared(null, shown('main'))).toBe('nothing in common')
  })
})

describe('the size of a request', () => {
  it('shrinks to one at once, and grows again slowly, never beyond a point', () => {
    let sizes: RequestSizes = {}
    for (let times = 0; times < 9; times += 1) sizes = halved(sizes, 'heads')
    expect(sizeOf(sizes, 'heads')).toBe(1)
    for (let times = 0; times < 4; times += 1) sizes = grown(sizes, 'heads')
    expect(sizeOf(sizes, 'heads')).toBe(1)
    for (let times = 0; times < 60; times += 1) sizes = grown(sizes, 'heads')
    expect(sizeOf(sizes, 'heads')).toBe(37)
  })
})
