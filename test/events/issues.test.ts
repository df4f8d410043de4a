import { describe, expect, it } from 'vitest'
import { accountId, comment, issue, pullRequest } from '../support/builders.ts'
import { fixture } from '../support/fixture.ts'
import { factsOf, kindsOf, told } from './told.ts'

describe('an issue', () => {
  it('is opened by whoever wrote it', () => {
    expect(told(issue({ number: 3, author: 'mona' }).opened()).facts).toEqual([
      {
        kind: 'issues.opened',
        repositoryId: 1000,
        key: '3',
        occurredAt: new Date('2026-11-16T09:00:00Z'),
        accountId: accountId('mona'),
        signature: null,
        thread: 3,
        detail: {},
      },
    ])
  })

  it('is closed and reopened at instants', () => {
    const steps = issue({ number: 3, author: 'mona' })
    expect(factsOf(steps.closed({ at: '2026-11-17T09:00:00Z' }), 'issues.closed')).toMatchObject([
      { key: '3@2026-11-17T09:00:00.000Z', accountId: accountId('mona') },
    ])
    expect(
      factsOf(steps.reopened({ at: '2026-11-18T09:00:00Z' }), 'issues.reopened'),
    ).toMatchObject([
      { key: '3@2026-11-18T09:00:00.000Z', occurredAt: new Date('2026-11-18T09:00:00Z') },
    ])
  })

  it.each(['deleted', 'transferred'] as const)('that is %s never counts', (action) => {
    const { facts, retractions, threads } = told(issue({ number: 3 })[action]())
    expect(facts).toEqual([])
    expect(threads).toEqual([])
    expect(retractions).toEqual([{ kind: 'issues.opened', repositoryId: 1000, key: '3' }])
  })

  it('keeps the author that an import made up', () => {
    const { accounts, facts } = told(fixture('issues.opened.mannequin'))
    expect(facts).toMatchObject([{ accountId: 777 }])
    expect(accounts).toContainEqual(expect.objectContaining({ id: 777, type: 'Mannequin' }))
  })
})

describe('a comment', () => {
  it('counts for its author, in its thread, under its own id', () => {
    const delivery = comment({
      on: issue({ number: 3 }),
      id: 77,
      by: 'mona',
      at: '2026-11-16T12:00:00Z',
    })
    expect(factsOf(delivery.created(), 'issue_comment.created')).toEqual([
      {
        kind: 'issue_comment.created',
        repositoryId: 1000,
        key: '77',
        occurredAt: new Date('2026-11-16T12:00:00Z'),
        accountId: accountId('mona'),
        signature: null,
        thread: 3,
        detail: {},
      },
    ])
  })

  it('is the same comment after an edit', () => {
    const { created, edited } = comment({ id: 77 })
    expect(told(edited()).facts).toEqual(told(created()).facts)
  })

  it('is taken back when it is deleted; its issue is not', () => {
    const { facts, retractions } = told(fixture('issue_comment.deleted'))
    expect(facts.map(({ kind }) => kind)).toEqual(['issues.opened'])
    expect(retractions).toEqual([
      { kind: 'issue_comment.created', repositoryId: 1000, key: '5003' },
    ])
  })

  it('on a pull request tells of a pull request, merged when it was', () => {
    const { facts, threads } = told(fixture('issue_comment.created.on-pull-request'))
    expect(facts.map(({ kind, key }) => [kind, key])).toEqual([
      ['pull_request.opened', '812'],
      ['pull_request.merged', '812'],
      ['issue_comment.created', '5001'],
    ])
    expect(threads).toMatchObject([
      {
        number: 812,
        type: 'pull_request',
        mergedAt: new Date('2026-11-21T09:00:00Z'),
        mergeSha: null,
        headRepositoryId: null,
      },
    ])
  })

  it('on a pull request that was closed without a merge says so, unless the server cannot tell', () => {
    const { event, payload } = pullRequest({ number: 7 }).onceClosed().commented()
    expect(kindsOf({ event, payload })).toContain('pull_request.closed')

    const { pull_request: _, ...closed } = pullRequest({ number: 7 })
      .onceClosed()
      .asIssue('2026-11-22T09:00:00Z')
    const old = { ...payload, issue: { ...closed, pull_request: {} } }
    expect(kindsOf({ event, payload: old })).toEqual([
      'pull_request.opened',
      'issue_comment.created',
    ])
  })

  it('of a bot counts, and takes no side', () => {
    const { accounts, associations } = told(fixture('issue_comment.created.bot'))
    expect(accounts).toContainEqual(expect.objectContaining({ login: 'codecov[bot]', type: 'Bot' }))
    expect(associations.map(({ accountId: id }) => id)).toEqual([101])
  })

  it('on code belongs to its pull request', () => {
    const said = pullRequest({ number: 7 }).reviewCommented({ id: 88, by: 'maintainer-x' })
    expect(factsOf(said, 'pull_request_review_comment.created')).toMatchObject([
      { key: '88', thread: 7, accountId: accountId('maintainer-x') },
    ])
  })

  it('on a commit belongs to no thread', () => {
    expect(told(fixture('commit_comment.created'))).toMatchObject({
      facts: [{ kind: 'commit_comment.created', key: '7001', thread: null, accountId: 101 }],
      associations: [{ accountId: 101, inside: false }],
    })
  })
})

describe('a discussion', () => {
  it('is answered to the credit of who wrote the answer', () => {
    const { facts, threads } = told(fixture('discussion.answered'))
    expect(facts).toMatchObject([
      { kind: 'discussion.created', key: '90', thread: 90, accountId: 101 },
      {
        kind: 'discussion.answered',
        key: '90@2026-11-16T15:00:00.000Z',
        thread: 90,
        accountId: 103,
      },
    ])
    expect(threads).toMatchObject([{ number: 90, type: 'discussion', open: true }])
  })

  it('that is deleted never counts', () => {
    const { event, payload } = fixture('discussion.answered')
    expect(told({ event, payload: { ...payload, action: 'deleted' } })).toMatchObject({
      facts: [],
      threads: [],
      retractions: [{ kind: 'discussion.created', key: '90' }],
    })
  })

  it('carries comments of its own kind', () => {
    const { payload } = fixture('discussion.answered')
    const { answer, ...rest } = payload
    const event = 'discussion_comment'
    const created = { event, payload: { ...rest, action: 'created', comment: answer } }
    expect(factsOf(created, 'discussion_comment.created')).toMatchObject([
      { key: '6001', thread: 90, accountId: 103 },
    ])
    expect(told({ event, payload: { ...created.payload, action: 'deleted' } })).toMatchObject({
      facts: [{ kind: 'discussion.created' }],
      retractions: [{ kind: 'discussion_comment.created', key: '6001' }],
    })
  })
})
