import { describe, expect, it } from 'vitest'
import { helpersIn } from '../../src/events/trailers.ts'
import { push } from '../support/builders.ts'
import { fixture } from '../support/fixture.ts'
import { factsOf, kindsOf, told } from './told.ts'

const sha = '6dcb09b5b57875f334f61aebed695e2e4193db5e'

describe('a squashed commit', () => {
  const squash = fixture('push.squash-with-co-authors')

  it("is its author's, by a hash of the lower-cased address", () => {
    expect(factsOf(squash, 'commit.authored')).toEqual([
      {
        kind: 'commit.authored',
        repositoryId: 1000,
        key: sha,
        occurredAt: new Date('2026-11-21T09:00:00Z'),
        accountId: null,
        signature: 'hash of newcomer-a@example.com',
        thread: null,
        detail: { areas: ['src/rope/', 'kernels/'] },
      },
    ])
  })

  it('credits those named in its last paragraph, tools as tools, and the author once', () => {
    expect(
      factsOf(squash, 'commit.coauthored').map(({ key, signature, detail }) => ({
        key,
        signature,
        agent: detail.agent,
      })),
    ).toEqual([
      {
        key: `${sha}:hash of 1234567+mona@users.noreply.github.com`,
        signature: 'hash of 1234567+mona@users.noreply.github.com',
        agent: undefined,
      },
      {
        key: `${sha}:hash of 49699333+dependabot[bot]@users.noreply.github.com`,
        signature: 'hash of 49699333+dependabot[bot]@users.noreply.github.com',
        agent: undefined,
      },
      { key: `${sha}:claude`, signature: null, agent: 'claude' },
      { key: `${sha}:copilot`, signature: null, agent: 'copilot' },
    ])
  })

  it('keeps what addresses say, and not the addresses', () => {
    const states = told(squash).signatures.map(({ hash: _, ...state }) => state)
    expect(states).toEqual([
      { domain: 'example.com', human: true },
      { domain: null, human: true },
      { domain: null, human: false },
    ])
  })
})

describe('a push', () => {
  it('counts on the default branch only', () => {
    expect(kindsOf(push())).toEqual(['commit.authored'])
    expect(kindsOf(push({ ref: 'refs/heads/experiment' }))).toEqual([])
    expect(kindsOf(push({ ref: 'refs/tags/main' }))).toEqual([])
    expect(
      kindsOf(push({ repository: { defaultBranch: 'trunk' }, ref: 'refs/heads/trunk' })),
    ).toEqual(['commit.authored'])
  })

  it('counts commits that another branch brought before', () => {
    expect(kindsOf(push({ commits: [{ distinct: false }] }))).toEqual(['commit.authored'])
  })

  it('keeps a commit whose clock was set to a year that no database takes', () => {
    const years = ['+123456-01-01T00:00:00Z', '-000200-01-01T00:00:00Z']
    const commits = years.map((at, index) => ({ sha: `${index}`.repeat(40), at }))
    const instants = factsOf(push({ commits }), 'commit.authored').map(
      ({ occurredAt }) => occurredAt,
    )
    expect(instants).toEqual([new Date('9999-01-01T00:00:00Z'), new Date(0)])
  })

  it('that deletes the branch tells of no commits', () => {
    const { event, payload } = push()
    expect(kindsOf({ event, payload: { ...payload, deleted: true } })).toEqual([])
  })

  it('is seen when it was pushed', () => {
    const { accounts } = told(push({ by: 'mona', at: '2026-11-20T09:00:00Z' }))
    expect(accounts).toContainEqual(
      expect.objectContaining({ login: 'mona', seenAt: new Date('2026-11-20T09:00:00Z') }),
    )
  })

  it('leaves areas out where GitHub lists no files', () => {
    const facts = factsOf(push({ commits: [{ modified: [] }] }), 'commit.authored')
    expect(facts).toMatchObject([{ detail: {} }])
    expect(facts[0]?.detail).not.toHaveProperty('areas')
  })
})

describe('a signature', () => {
  const stateOf = (commit: { name?: string; email?: string; login?: string }) =>
    told(push({ commits: [commit] })).signatures[0]

  const evidenceFor = (commit: { name?: string; email?: string; login?: string }) => {
    const { evidence, signatures } = told(
      push({
        commits: [{ name: 'Mona', email: 'mona@example.com', ...commit }],
      }),
    )
    const member = `signature:${signatures[0]?.hash}`
    const own = evidence.filter((one) => one.member === member)
    return own.map(({ by, value, repositoryId }) => [by, value.replace('\n', ' '), repositoryId])
  }

  it.each([
    ['mona@users.noreply.github.com', null, [['login', 'mona', null]]],
    [
      '12+mona@users.noreply.github.com',
      null,
      [
        ['account', '12', null],
        ['login', 'mona', null],
      ],
    ],
    [
      '12+mona@users.noreply.ghe.example.com',
      null,
      [
        ['account', '12', null],
        ['login', 'mona', null],
      ],
    ],
    ['Mona@Uni.Example.EDU', 'uni.example.edu', []],
    [
      'Mona.L@Uni.Example.EDU',
      'uni.example.edu',
      [['local-part', 'hash of local part mona.l', null]],
    ],
    ['mona', null, []],
  ])('of %s', (email, domain, evidence) => {
    expect(stateOf({ email })).toMatchObject({ domain, human: true })
    expect(evidenceFor({ email })).toEqual(evidence)
  })

  it('says in its repository whose full name it bears, by a hash', () => {
    expect(evidenceFor({ name: 'Mona  Lisa' })).toEqual([['name', 'hash of name mona lisa', 1000]])
    expect(evidenceFor({ name: 'renovate[bot]' })).toEqual([])
    expect(evidenceFor({ name: 'mona1@example.com' })).toEqual([])
    expect(evidenceFor({ login: 'Mona' })).toEqual([['login', 'mona', null]])
  })

  it("of an address that many sign with is one with the name, and a tool's without", () => {
    const hashOf = (name: string, email: string) => stateOf({ name, email })?.hash
    expect(hashOf('Mona Lisa', 'root@localhost')).not.toBe(hashOf('Ada Byron', 'root@localhost'))
    expect(hashOf('Mona Lisa', 'Root@localhost')).toBe(hashOf('mona  lisa', 'root@localhost'))
    expect(hashOf('Claude', 'noreply@anthropic.com')).toBe(
      hashOf('Claude Opus', 'noreply@anthropic.com'),
    )
  })

  it('is the same whether GitHub links an account to it or git knows of none', () => {
    const commit = { name: 'Lab CI', email: 'jenkins@lab.example' }
    expect(stateOf({ ...commit, login: 'lab-ci' })?.hash).toBe(stateOf(commit)?.hash)
  })

  it.each([
    { name: 'renovate[bot]', email: 'bot@renovateapp.com' },
    { name: 'GitHub', email: 'noreply@github.com' },
    { name: 'Claude', email: 'noreply@anthropic.com' },
    { name: 'Copilot', email: '198982749+Copilot@users.noreply.github.com' },
    { name: 'Ci', email: 'ci@example.com', login: 'example-ci' },
  ])("of $name is nobody's", (commit) => {
    expect(stateOf(commit)).toMatchObject({ human: false })
  })

  it("of somebody whose first name a tool bears is a person's", () => {
    expect(stateOf({ name: 'Claude', email: 'claude@example.fr' })).toMatchObject({ human: true })
  })

  it('is missing where git had no address', () => {
    const delivery = push({ commits: [{ email: '' }] })
    expect(told(delivery).signatures).toEqual([])
    expect(factsOf(delivery, 'commit.authored')).toMatchObject([{ signature: null }])
  })
})

describe('helpers in a commit message', () => {
  it.each([
    ['Fix it\n\nCo-authored-by: Mona <mona@example.com>', ['mona@example.com']],
    ['Fix it\r\n\r\nCO-AUTHORED-BY: Mona <mona@example.com>\r\n', ['mona@example.com']],
    ['Fix it\n\nCo-authored-by: Mona <mona@example.com>\n\nNot a trailer', []],
    ['Co-authored-by: Mona <mona@example.com>', []],
    ['Fix it\n\nCo-authored-by: Mona', []],
  ])('%j: people %j', (message, addresses) => {
    expect(helpersIn(message).coAuthors.map(({ email }) => email)).toEqual(addresses)
  })

  it.each([
    ['Fix\n\nAssisted-by: Claude:claude-opus-4 [coccinelle]', ['claude']],
    ['Fix\n\nAssisted-by: Claude Dupont <claude@example.fr>', []],
    ['Fix\n\nAssisted-by: Claude Opus <noreply@anthropic.com>', ['claude']],
    ['Fix\n\nGenerated with [Claude Code](https://claude.com)\n\nSigned-off-by: M', ['claude']],
    ['Fix\n\nAssisted-by: Cursor\nAssisted-by: Cursor', ['cursor']],
    ['Fix\n\nAssisted-by: Cursory Reading', []],
    ['Generated with Aider', []],
    ['Fix\n\nGenerated with protoc', []],
  ])('%j: tools %j', (message, agents) => {
    expect(helpersIn(message).agents).toEqual(agents)
  })
})
