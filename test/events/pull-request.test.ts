import { describe, expect, it } from 'vitest'
import { accountId, pullRequest } from '../support/builders.ts'
import { fixture } from '../support/fixture.ts'
import { factsOf, kindsOf, told } from './told.ts'

describe('a pull request', () => {
  it('is opened by its author', () => {
    const { facts } = told(pullRequest({ number: 7, author: 'mona' }).opened())

    expect(facts).toEqual([
      {
        kind: 'pull_request.opened',
        repositoryId: 1000,
        key: '7',
        occurredAt: new Date('2026-11-16T09:00:00Z'),
        accountId: accountId('mona'),
        signature: null,
        thread: 7,
        detail: {},
      },
    ])
  })

  it('is credited to its author when a maintainer merges it', () => {
    const merge = fixture('pull_request.closed.merged-by-maintainer')

    expect(factsOf(merge, 'pull_request.merged')).toEqual([
      {
        kind: 'pull_request.merged',
        repositoryId: 1000,
        key: '812',
        occurredAt: new Date('2026-11-21T09:00:00Z'),
        accountId: 101,
        signature: null,
        thread: 812,
        detail: {},
      },
    ])
    expect(kindsOf(merge)).toEqual(['pull_request.opened', 'pull_request.merged'])
  })

  it('shows how it looks, with the merge commit once it is merged', () => {
    const { threads } = told(fixture('pull_request.closed.merged-by-maintainer'))

    expect(threads).toEqual([
      {
        repositoryId: 1000,
        number: 812,
        type: 'pull_request',
        updatedAt: new Date('2026-11-21T09:00:00Z'),
        title: 'Fix RoPE scaling beyond 128k',
        open: false,
        draft: false,
        createdAt: new Date('2026-11-16T09:00:00Z'),
        authorId: 101,
        closedAt: new Date('2026-11-21T09:00:00Z'),
        mergedAt: new Date('2026-11-21T09:00:00Z'),
        mergeSha: '6dcb09b5b57875f334f61aebed695e2e4193db5e',
        headRepositoryId: 2000,
      },
    ])
  })

  it('does not take the commit that GitHub tests mergeability with for a merge', () => {
    const { threads } = told(fixture('pull_request.synchronize.test-merge-commit'))
    expect(threads).toMatchObject([{ mergeSha: null, mergedAt: null, open: true }])
  })

  it('is closed once for every time it is closed without a merge', () => {
    const steps = pullRequest({ number: 7 })
    const first = factsOf(steps.closed({ at: '2026-11-17T09:00:00Z' }), 'pull_request.closed')
    const second = factsOf(steps.closed({ at: '2026-11-19T09:00:00Z' }), 'pull_request.closed')

    expect(first).toMatchObject([{ key: '7@2026-11-17T09:00:00.000Z' }])
    expect(second).toMatchObject([{ key: '7@2026-11-19T09:00:00.000Z' }])
    expect(kindsOf(steps.merged())).not.toContain('pull_request.closed')
    expect(kindsOf(steps.reopened({ at: '2026-11-18T09:00:00Z' }))).toEqual([
      'pull_request.opened',
      'pull_request.reopened',
    ])
  })

  it('is ready for review at the instant it stops being a draft, also when a maintainer says so', () => {
    expect(
      factsOf(fixture('pull_request.ready_for_review'), 'pull_request.ready_for_review'),
    ).toMatchObject([
      {
        key: '815@2026-11-16T11:30:00.000Z',
        occurredAt: new Date('2026-11-16T11:30:00Z'),
        accountId: 101,
      },
    ])
    expect(told(pullRequest({ draft: true }).opened()).threads).toMatchObject([{ draft: true }])
  })

  it('keeps no author and no fork when both are gone', () => {
    const { facts, threads, associations, accounts } = told(
      fixture('pull_request.labeled.deleted-author'),
    )

    expect(facts).toMatchObject([{ kind: 'pull_request.opened', accountId: null }])
    expect(threads).toMatchObject([{ authorId: null, headRepositoryId: null }])
    expect(associations).toEqual([])
    expect(accounts.map(({ login }) => login).toSorted()).toEqual(['example-lab', 'maintainer-x'])
  })

  it('treats GitHub\'s stand-in "ghost" as nobody', () => {
    const { facts, accounts } = told(pullRequest({ author: 'ghost' }).opened())
    expect(facts).toMatchObject([{ accountId: null }])
    expect(accounts.map(({ login }) => login)).not.toContain('ghost')
  })

  it('of an AI agent has an author, but no side', () => {
    const { facts, accounts, associations } = told(fixture('pull_request.opened.ai-agent'))
    expect(facts).toMatchObject([{ accountId: 198982749 }])
    expect(accounts).toContainEqual(expect.objectContaining({ login: 'Copilot', type: 'Bot' }))
    expect(associations).toEqual([])
  })

  it.each([
    ['OWNER', true],
    ['MEMBER', true],
    ['COLLABORATOR', true],
    ['CONTRIBUTOR', false],
    ['NONE', false],
  ] as const)('puts a %s author inside: %s', (association, inside) => {
    const { associations } = told(pullRequest({ author: 'mona', association }).opened())
    expect(associations).toMatchObject([{ accountId: accountId('mona'), inside }])
  })

  it('is told of again by whatever is said about it later, so a lost delivery heals', () => {
    const steps = pullRequest({ number: 7, author: 'mona' })
    const merge = steps.merged({ at: '2026-11-18T09:00:00Z' })
    const later = steps.onceMerged('2026-11-18T09:00:00Z')
    const about = ['pull_request.opened', 'pull_request.merged'] as const

    for (const delivery of [
      later.commented({ at: '2026-11-19T09:00:00Z' }),
      later.reviewed({ at: '2026-11-19T10:00:00Z' }),
      later.reviewCommented({ at: '2026-11-19T11:00:00Z' }),
      later.edited({ at: '2026-11-19T12:00:00Z', title: 'Another title' }),
    ]) {
      for (const kind of about) expect(factsOf(delivery, kind)).toEqual(factsOf(merge, kind))
    }
  })
})

describe('a review', () => {
  it.each(['approved', 'changes_requested', 'commented'])('that %s counts', (state) => {
    const review = pullRequest({ number: 7 }).reviewed({
      id: 66,
      state,
      by: 'maintainer-x',
      at: '2026-11-16T12:00:00Z',
    })
    expect(factsOf(review, 'pull_request_review.submitted')).toMatchObject([
      {
        key: '66',
        accountId: accountId('maintainer-x'),
        occurredAt: new Date('2026-11-16T12:00:00Z'),
        thread: 7,
        detail: { verdict: state },
      },
    ])
    expect(told(review).associations).toContainEqual(
      expect.objectContaining({ accountId: accountId('maintainer-x'), inside: true }),
    )
  })

  it('counts as the API writes it, in capitals', () => {
    const review = pullRequest().reviewed({ state: 'APPROVED' })
    expect(factsOf(review, 'pull_request_review.submitted')).toMatchObject([
      { detail: { verdict: 'approved' } },
    ])
  })

  it.each(['pending', 'dismissed'])('that is %s does not', (state) => {
    expect(kindsOf(pullRequest().reviewed({ state }))).toEqual(['pull_request.opened'])
  })
})
