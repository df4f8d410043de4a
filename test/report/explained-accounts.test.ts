import { expect, it } from 'vitest'
import {
  type ExplainedAccount,
  renderExplainedAccounts,
} from '../../src/report/explained-accounts.ts'

type Place = NonNullable<ExplainedAccount['repositories']>[number]

const account = { login: 'mona', signature: null, domain: null, commits: null }
const signature = { login: null, signature: '5f3a9c21', domain: 'lab.example', commits: 12 }

function explained(place: Partial<Place> = {}, login = 'mona'): string {
  const at: Place = {
    repository: 'example-lab/engine',
    ...{ inside: false, insideAt: null, insideBy: 'nothing', organization: null },
    members: [{ ...account, by: [] }],
    ...{ keptApart: [], suggestions: [] },
    ...place,
  }
  return renderExplainedAccounts([{ login, kind: 'human', reason: 'x', repositories: [at] }])
}

it('says of everybody in a person why they count as them', () => {
  const text = explained({
    members: [
      { ...account, by: ['account'] },
      { ...signature, by: ['account', 'name'] },
    ],
  })
  expect(text).toContain('| Counts as them | Commits | Because |')
  expect(text).toMatch(/\| account `mona` \| – \|/)
  expect(text).toMatch(/\| signature `5f3a9c21`, `lab.example` \| 12 \|.*; the same full name/)
  expect(explained()).toContain('| account `mona` | – | alone |')
})

it.each<[Partial<Place>, string]>([
  [{}, 'Outside: GitHub never called them a member, owner or collaborator.'],
  [{ inside: true, insideBy: 'configuration' }, 'Inside: the configuration says so.'],
  [
    { inside: true, insideBy: 'GitHub', insideAt: new Date('2026-11-16') },
    'member, owner or collaborator, last on 16 November 2026.',
  ],
  [
    { insideBy: 'GitHub', insideAt: new Date('2026-11-16') },
    'Outside: GitHub called them a member, owner or collaborator until 16 November 2026.',
  ],
  [{ organization: 'Example Lab' }, 'Works for Example Lab.'],
])('says whether they are inside, and what says so: %j', (place, words) => {
  expect(explained(place)).toContain(words)
})
