import examples from '@octokit/webhooks-examples' with { type: 'json' }
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { translate, translators } from '../../src/events/index.ts'
import {
  installationChange,
  installationRepositoriesChange,
} from '../../src/events/installation.ts'
import { PayloadMismatch } from '../../src/events/payload.ts'
import { type Delivery, issue, pullRequest, push, star } from '../support/builders.ts'
import { hashEmail, told } from './told.ts'

// its types describe the module as it is not: at run time the default export is the list
const Examples = z.array(z.object({ name: z.string(), examples: z.array(z.unknown()) }))

const deliveries = Examples.parse(examples).flatMap(({ name: event, examples: payloads }) =>
  payloads.map((payload, index) => ({ event, payload, index })),
)

describe("GitHub's own examples", () => {
  it('hold every event that is read', () => {
    const events = new Set(deliveries.map(({ event }) => event))
    expect(Object.keys(translators).filter((event) => !events.has(event))).toEqual([])
  })

  it.each(deliveries.filter(({ event }) => Object.hasOwn(translators, event)))(
    '$event $index is read, and always the same',
    ({ event, payload }) => {
      const once = translate(event, payload, hashEmail)
      const again = translate(event, structuredClone(payload), hashEmail)
      expect(again).toEqual(once)
      expect(once?.repositories).toHaveLength(1)
      for (const fact of once?.facts ?? []) {
        expect(fact.occurredAt.getTime()).not.toBeNaN()
        expect(fact.repositoryId).toBe(once?.repositories[0]?.id)
      }
    },
  )

  it('of an installation are read too', () => {
    const installations = deliveries.filter(({ event }) => event === 'installation')
    const changes = deliveries.filter(({ event }) => event === 'installation_repositories')
    expect(installations.length * changes.length).toBeGreaterThan(0)
    for (const { payload } of installations) expect(installationChange(payload)).not.toBeNull()
    for (const { payload } of changes) installationRepositoriesChange(payload)
  })

  it('give equal facts wherever the same pull request appears', () => {
    const Shown = z.object({ pull_request: z.object({ id: z.int() }) })
    const seen = new Map<string, unknown>()
    const from = new Set<string>()
    for (const { event, payload } of deliveries) {
      const shown = Shown.safeParse(payload).data
      if (shown === undefined) continue
      for (const fact of translate(event, payload, hashEmail)?.facts ?? []) {
        if (!/^pull_request\.(opened|merged|closed)$/.test(fact.kind)) continue
        const key = `${shown.pull_request.id} ${fact.kind} ${fact.key}`
        if (seen.has(key)) expect(fact, key).toEqual(seen.get(key))
        seen.set(key, fact)
        from.add(event)
      }
    }
    expect(from.size).toBe(3)
  })
})

describe('a delivery', () => {
  it.each(['check_run', 'installation', '__proto__', 'constructor', 'toString', ''])(
    'of "%s" is nobody\'s',
    (event) => expect(translate(event, {}, hashEmail)).toBeNull(),
  )

  it('under the wrong name is refused, and the error names paths but no values', () => {
    const { payload } = issue({ title: 'A secret title' }).opened()
    const attempt = () => translate('pull_request', payload, hashEmail)
    expect(attempt).toThrow(PayloadMismatch)
    expect(attempt).toThrow(/"pull_request".*pull_request: /)
    expect(attempt).not.toThrow(/secret/)
  })

  it.each([[null], [1], ['text'], [true], [[]], [{}]])('of %j is refused', (payload) => {
    for (const event of Object.keys(translators)) {
      expect(() => translate(event, payload, hashEmail)).toThrow(PayloadMismatch)
    }
  })

  it('of an action that is new tells how things stand', () => {
    const { event, payload } = issue({ number: 3 }).labeled()
    expect(told({ event, payload: { ...payload, action: 'sparkled' } }).facts).toEqual(
      told(issue({ number: 3 }).opened()).facts,
    )
  })

  it('names every account once', () => {
    const { accounts } = told(pullRequest({ author: 'mona' }).opened())
    expect(accounts.map(({ login }) => login).toSorted()).toEqual(['example-lab', 'mona'])
  })
})

describe('facts', () => {
  const association = fc.constantFrom('OWNER', 'MEMBER', 'NONE', 'CONTRIBUTOR', null, 'NEW_KIND')
  const mutable = fc.record({
    title: fc.string(),
    author_association: association,
    draft: fc.boolean(),
    locked: fc.boolean(),
    labels: fc.array(fc.string()),
    updated_at: fc.constantFrom('2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'),
    merge_commit_sha: fc.string(),
  })
  const renamed = fc.record({
    name: fc.string(),
    stargazers_count: fc.nat(),
    forks_count: fc.nat(),
    archived: fc.boolean(),
    private: fc.boolean(),
  })

  const subjects: [string, string, Delivery][] = [
    ['pull request', 'pull_request', pullRequest().merged()],
    ['closed pull request', 'pull_request', pullRequest().closed()],
    ['reviewed pull request', 'pull_request', pullRequest().reviewed()],
    ['issue', 'issue', issue().closed()],
    ['commented issue', 'issue', issue().commented()],
  ]

  it.each(subjects)('about a %s do not depend on what can change', (_, part, delivery) => {
    const before = told(delivery).facts
    fc.assert(
      fc.property(mutable, renamed, (changes, repositoryChanges) => {
        const payload = {
          ...delivery.payload,
          [part]: { ...Object(delivery.payload[part]), ...changes },
          repository: { ...Object(delivery.payload.repository), ...repositoryChanges },
        }
        expect(told({ ...delivery, payload }).facts).toEqual(before)
      }),
    )
  })

  it.each([
    ['a star', star().created()],
    ['a push', push()],
  ])('about %s do not depend on how the repository looks', (_, delivery) => {
    const before = told(delivery).facts
    fc.assert(
      fc.property(renamed, (changes) => {
        const repository = { ...Object(delivery.payload.repository), ...changes }
        const payload = { ...delivery.payload, repository }
        expect(told({ ...delivery, payload }).facts).toEqual(before)
      }),
    )
  })
})
