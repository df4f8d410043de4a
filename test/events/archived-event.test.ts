import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import {
  archivedEvent,
  isArchivedKind,
  translateArchived,
} from '../../src/events/archived-event.ts'
import type { Recording } from '../../src/events/fact.ts'
import { PayloadMismatch } from '../../src/events/payload.ts'
import { type ArchivedLine, archived } from '../support/archive.ts'
import { accountId, fork, issue, pullRequest, star } from '../support/builders.ts'
import { fixture } from '../support/fixture.ts'
import { told } from './told.ts'

const hour = fileURLToPath(
  new URL('../../../shared/data/gharchive/2015-01-01-0.json.gz', import.meta.url),
)
const at = '2026-11-16T09:00:00Z'

function toldBy(written: unknown): Recording {
  const event = archivedEvent(written)
  if (event === undefined || event.repositoryId === null) throw new Error('That is no event')
  const { repositoryId } = event
  return translateArchived({ ...event, repositoryId })
}

const pull = pullRequest({ number: 812, at })
const reported = issue({ number: 640, at })

describe('an archived event', () => {
  it.each([
    ['a fork', fork({ at })],
    ['a star', star({ at }).created()],
    ['an issue', reported.opened()],
    ['a closed issue', reported.closed()],
    ['a reopened issue', reported.reopened()],
    ['a comment', reported.commented()],
    ['a pull request', pull.opened()],
    ['a merge', pull.merged()],
    ['a reopened pull request', pull.reopened()],
    ['a comment on a pull request', pull.commented()],
    ['a review', pull.reviewed()],
    ['a comment on code', pull.reviewCommented()],
    ['a comment on a commit', fixture('commit_comment.created')],
    ['a release', fixture('release.published')],
  ])('of %s tells what its webhook told', (_, delivery) => {
    const webhook = told(delivery)
    const archive = toldBy(archived(delivery, { at }))
    expect(webhook.facts.length).toBeGreaterThan(0)
    expect(archive.facts).toEqual(webhook.facts)
    expect(archive.threads).toEqual(webhook.threads)
    expect(webhook.accounts).toEqual(expect.arrayContaining(archive.accounts))
  })

  it('says nothing about who belongs to the organisation, which it hides from the public', () => {
    const byMember = pull.reviewed({ by: 'maintainer-x' })
    expect(told(byMember).associations).not.toEqual([])
    expect(toldBy(archived(byMember, { at })).associations).toEqual([])
  })

  it('of a pull request shows the repository as it was, if it is that repository', () => {
    const line = archived(pull.opened(), { at })
    expect(toldBy(line).repositories).toMatchObject([{ id: 1000, stars: 40_000, forks: 12_402 }])
    expect(toldBy({ ...line, repo: { id: 1001, name: 'x/y' } }).repositories).toEqual([])
  })

  it('of a fork may be cut down to what is new in it', () => {
    const { payload: _, ...line } = archived(fork({ id: 2000, by: 'newcomer-a', at }), { at })
    const forkee = { id: 2000, full_name: 'newcomer-a/engine' }
    expect(toldBy({ ...line, payload: { forkee } }).facts).toEqual(
      told(fork({ id: 2000, at })).facts,
    )
  })

  it.each([
    ['a pull request that is cut down', { ...archived(pull.opened(), { at }), payload: trimmed() }],
    ['a fork by number alone', { ...archived(fork(), { at }), payload: { forkee: 2000 } }],
    ['a star by login alone', { ...archived(star().created(), { at }), actor: 'mona' }],
  ])('is refused without what it is about: %s', (_, line) => {
    expect(() => toldBy(line)).toThrow(PayloadMismatch)
  })

  it('from before 2015 names its repository elsewhere', () => {
    const { repo, ...line } = archived(reported.opened(), { at })
    const old = { ...line, created_at: '2012-03-10T22:00:00-08:00', repository: { id: repo.id } }
    expect(toldBy(old).facts).toEqual(told(reported.opened()).facts)
  })

  it.each([[null], [7], ['text'], [[]], [{}], [{ type: 'ForkEvent' }], [withInstant('yesterday')]])(
    'is not %j',
    (written) => expect(archivedEvent(written)).toBeUndefined(),
  )
})

function trimmed() {
  return { action: 'opened', number: 812, pull_request: { id: 7, number: 812, url: 'https://…' } }
}

function withInstant(created_at: string): ArchivedLine {
  return { ...archived(fork(), { at }), created_at }
}

it.skipIf(!existsSync(hour))(
  'a real hour is read whole: every fork and every star once (skipped without ../shared)',
  () => {
    const lines = gunzipSync(readFileSync(hour)).toString().trimEnd().split('\n')
    const events = lines.map((line) => archivedEvent(JSON.parse(line)))
    const facts = events.flatMap((event) => {
      if (event === undefined || event.repositoryId === null) throw new Error('No event')
      const { repositoryId } = event
      return isArchivedKind(event.type) ? translateArchived({ ...event, repositoryId }).facts : []
    })
    const of = (kind: string) => facts.filter((fact) => fact.kind === kind)
    expect(of('fork')).toHaveLength(213)
    expect(of('star.created')).toHaveLength(642)
    expect(of('release.published')).toHaveLength(24)
    expect(facts.every(({ occurredAt }) => occurredAt <= new Date('2015-01-01T01:00:01Z'))).toBe(
      true,
    )
  },
)

it('knows an account by its number', () => {
  const { facts } = toldBy(archived(star({ by: 'mona', at }).created(), { at, late: 3 }))
  expect(facts).toMatchObject([
    { accountId: accountId('mona'), key: `${accountId('mona')}@2026-11-16T09:00:03.000Z` },
  ])
})
