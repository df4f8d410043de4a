import { describe, expect, it } from 'vitest'
import { accountId, fork, issue, star } from '../support/builders.ts'
import { fixture } from '../support/fixture.ts'
import { factsOf, told } from './told.ts'

describe('a repository', () => {
  it('is shown by every event as it looked', () => {
    const { repositories } = told(
      issue({
        repository: { stars: 41_000, forks: 12_500, updatedAt: '2026-11-18T08:00:00Z' },
      }).opened(),
    )
    expect(repositories).toEqual([
      {
        id: 1000,
        ownerId: accountId('example-lab'),
        ownerLogin: 'example-lab',
        ownerType: 'Organization',
        name: 'engine',
        defaultBranch: 'main',
        private: false,
        archived: false,
        forks: 12_500,
        stars: 41_000,
        seenAt: new Date('2026-11-18T08:00:00Z'),
      },
    ])
  })

  it('is dated by what the event is about where that leaves its own date as it was', () => {
    const at = '2026-11-16T10:00:00Z'
    const made = fork({
      id: 2000,
      by: 'mona',
      at,
      repository: { updatedAt: '2026-08-11T00:00:00Z' },
    })
    expect(told(made).repositories).toMatchObject([{ seenAt: new Date(at) }])
  })

  it('keeps its id under a new name', () => {
    const { repositories, facts } = told(fixture('repository.renamed'))
    expect(repositories).toMatchObject([{ id: 1000, name: 'motor' }])
    expect(facts).toEqual([])
  })
})

describe('a fork', () => {
  it('is credited to its owner', () => {
    const made = fork({ id: 2000, by: 'mona', at: '2026-11-16T10:00:00Z' })
    expect(factsOf(made, 'fork')).toEqual([
      {
        kind: 'fork',
        repositoryId: 1000,
        key: '2000',
        occurredAt: new Date('2026-11-16T10:00:00Z'),
        accountId: accountId('mona'),
        signature: null,
        thread: null,
        detail: { fullName: 'mona/engine' },
      },
    ])
  })

  it('that is private is not named', () => {
    const { facts } = told(fixture('fork.private'))
    expect(facts).toMatchObject([{ key: '2001', accountId: 9002, detail: {} }])
    expect(JSON.stringify(facts)).not.toContain('secret')
  })
})

describe('a star', () => {
  it('is given and taken back at instants', () => {
    const given = star({ by: 'mona', at: '2026-11-16T10:00:00Z' }).created()
    const taken = star({ by: 'mona', at: '2026-11-17T10:00:00Z' }).deleted()
    const id = accountId('mona')

    expect(told(given).facts).toMatchObject([
      { kind: 'star.created', key: `${id}@2026-11-16T10:00:00.000Z`, accountId: id },
    ])
    expect(told(taken).facts).toMatchObject([
      {
        kind: 'star.deleted',
        key: `${id}@2026-11-17T10:00:00.000Z`,
        occurredAt: new Date('2026-11-17T10:00:00Z'),
      },
    ])
  })

  it('was given when GitHub says, whatever touched the repository since', () => {
    const { event, payload } = star({ at: '2026-11-17T10:00:00Z' }).created()
    const earlier = { ...payload, starred_at: '2026-11-16T10:00:00Z' }
    expect(told({ event, payload: earlier }).facts).toMatchObject([
      { occurredAt: new Date('2026-11-16T10:00:00Z') },
    ])
  })
})

describe('a release', () => {
  it('counts when it is out, for whoever made it', () => {
    expect(told(fixture('release.published')).facts).toEqual([
      {
        kind: 'release.published',
        repositoryId: 1000,
        key: '4001',
        occurredAt: new Date('2026-11-16T10:00:00Z'),
        accountId: 201,
        signature: null,
        thread: null,
        detail: { tag: 'v2.0.0' },
      },
    ])
  })

  it('is taken back', () => {
    expect(told(fixture('release.unpublished'))).toMatchObject({
      facts: [],
      retractions: [{ kind: 'release.published', repositoryId: 1000, key: '4001' }],
    })
  })

  it('does not count as a draft', () => {
    const { event, payload } = fixture('release.unpublished')
    const release = { ...Object(payload.release), published_at: '2026-11-16T10:00:00Z' }
    expect(told({ event, payload: { ...payload, action: 'created', release } }).facts).toEqual([])
  })
})
