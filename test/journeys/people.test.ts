import { describe, expect, it } from 'vitest'
import { carryOut } from '../../src/cli/commands.ts'
import { ExplainedAccounts } from '../../src/report/json/explained-accounts.ts'
import { projectHistory } from '../../src/store/history.ts'
import { parkedWork } from '../../src/store/work.ts'
import { engine, journey } from '../support/journey.ts'

type Journey = Awaited<ReturnType<typeof journey>>

/** A commit on the default branch, signed so. */
async function commit({ github, idle }: Journey, ...signed: string[]) {
  const commits = signed.map((text) => {
    const [, name = '', email = ''] = /^(.*?) ?<(.*)>$/.exec(text) ?? []
    return { author: { name, email } }
  })
  await github.push(engine, { by: 'mara', commits })
  await idle()
}

async function mailmap({ github, idle }: Journey, text: string) {
  github.putFile(engine, '.mailmap', text)
  await github.push(engine, { by: 'mara', commits: [{ files: [{ filename: '.mailmap' }] }] })
  await idle()
}

async function explain({ app }: Journey, login: string, more: object = {}) {
  const request = { command: 'explain', logins: [login], repository: engine, decision: null }
  const { text, data } = await carryOut({ ...request, ...more } as never, app.deps) // as: parsed where it is asked
  const [account] = ExplainedAccounts.parse(JSON.parse(JSON.stringify(data)))
  const [place] = account?.repositories ?? []
  if (account === undefined || place === undefined) throw new Error('Nothing was explained')
  const digits = (domain: string) =>
    [...place.members, ...place.keptApart, ...place.suggestions].find(
      (member) => member.domain === domain,
    )?.signature ?? 'none'
  return { ...account, ...place, text, digits }
}

const domains = (members: { domain: string | null }[]) =>
  members.map(({ domain }) => domain).filter((domain) => domain !== null)
const questions = ({ github }: Journey) =>
  github.requests.filter(({ operation }) => operation === 'SignatureOwners')

const withMona = () =>
  journey({
    before: async (github) => {
      github.addUser('mona', { name: 'Mona Lisa', emails: ['mona@lab.example', 'm@home.example'] })
    },
  })

describe('one person', () => {
  it('is counted once, whatever they sign with, and is told so', async () => {
    const run = await withMona()
    await commit(run, 'Mona Lisa <mona@lab.example>', 'mlisa <m@home.example>')
    await commit(run, 'Mona Lisa <lisa@uni.example>', 'Ada Byron <ada@x.example>')
    const { id } = run.github.world.repository(engine)
    const window = { from: new Date('2026-01-01'), to: new Date('2027-01-01') }
    const overrides = {
      ...{ insiders: [], bots: [], ai: [], humans: [], hidden: [] },
      organizations: {},
    }
    const history = await projectHistory(run.app.deps.db, {
      ...{ repositoryId: id, window, since: window.from, overrides },
    })
    const commits = history.activities.filter(({ kind }) => kind === 'commit.authored')
    const byMona = commits.filter(({ person }) => person?.login === 'mona')
    expect(byMona).toHaveLength(3)
    expect(new Set(byMona.map(({ person }) => person)).size).toBe(1)

    const { kind, members, text } = await explain(run, 'mona')
    expect([kind, domains(members)]).toEqual(['human', expect.any(Array)])
    expect(domains(members).sort()).toEqual(['home.example', 'lab.example', 'uni.example'])
    expect(members.find(({ domain }) => domain === 'uni.example')).toMatchObject({
      ...{ by: ['name'], commits: 1 },
    })
    expect(members.find(({ domain }) => domain === 'home.example')?.by).toEqual(
      expect.arrayContaining(['account']),
    )
    expect(text).not.toMatch(/@\w|mona@|lisa@/)
  })

  it('is asked for at GitHub once, and again after 90 days', async () => {
    const run = await journey()
    await commit(run, 'Lisa <lisa@uni.example>')
    const asked = questions(run).length
    expect(asked).toBe(1)
    await commit(run, 'Lisa <lisa@uni.example>')
    await run.tick('housekeep')
    expect(questions(run)).toHaveLength(asked)

    run.github.addUser('lisa', { emails: ['lisa@uni.example'] })
    await run.pass(91 * 24)
    await run.tick('housekeep')
    await run.idle()
    expect(questions(run)).toHaveLength(asked + 1)
    expect(domains((await explain(run, 'lisa')).members)).toEqual(['uni.example'])
    await run.pass(91 * 24)
    await run.tick('housekeep')
    expect(questions(run)).toHaveLength(asked + 1)
    expect(await parkedWork(run.app.deps.db, 10)).toEqual([])
  })

  it('is asked for fifty at a time, one point a request', async () => {
    const run = await journey()
    const many = Array.from({ length: 60 }, (_, index) => `P${index} <p${index}@x${index}.example>`)
    await commit(run, ...many)
    expect(questions(run).map(({ points }) => points)).toEqual([1, 1])
  })

  it('is who the .mailmap says, as long as it says so', async () => {
    const run = await withMona()
    await commit(run, 'Mona Lisa <mona@lab.example>', 'ml <old@job.example>')
    expect(domains((await explain(run, 'mona')).members)).toEqual(['lab.example'])
    await mailmap(run, 'Mona Lisa <mona@lab.example> <old@job.example>\n')
    const { members } = await explain(run, 'mona')
    expect(domains(members).sort()).toEqual(['job.example', 'lab.example'])
    expect(members.find(({ domain }) => domain === 'job.example')?.by).toContain('mailmap')
    await mailmap(run, '\u0000<<<< no mailmap >>>\n<\n# Mona <mona@lab.example>\n')
    expect(domains((await explain(run, 'mona')).members)).toEqual(['lab.example'])
    expect(await parkedWork(run.app.deps.db, 10)).toEqual([])
  })

  it('is who the .mailmap said before the App was installed', async () => {
    const run = await journey({
      before: async (github) => {
        github.addUser('mona', { emails: ['mona@lab.example'] })
        github.putFile(engine, '.mailmap', '<mona@lab.example> <old@job.example>\n')
      },
    })
    await commit(run, 'Mona <mona@lab.example>', 'ml <old@job.example>')
    expect(domains((await explain(run, 'mona')).members)).toContain('job.example')
  })
})

describe('what somebody says of people', () => {
  const say = (of: string, what: 'apart' | 'together') => ({ decision: { say: what, of } })

  it('undoes a merge whatever arrives later, and makes it again', async () => {
    const run = await withMona()
    await commit(run, 'Mona Lisa <mona@lab.example>', 'Mona Lisa <other@uni.example>')
    const { digits } = await explain(run, 'mona')
    const apart = await explain(run, 'mona', say(digits('uni.example'), 'apart'))
    expect(domains(apart.members)).toEqual(['lab.example'])
    expect(domains(apart.keptApart)).toEqual(['uni.example'])
    expect(apart.text).toContain('Kept apart, since somebody said so')

    await commit(run, 'Mona Lisa <other@uni.example>')
    await mailmap(run, 'Mona Lisa <mona@lab.example> <other@uni.example>\n')
    await run.restart()
    expect(domains((await explain(run, 'mona')).members)).toEqual(['lab.example'])

    const again = await explain(run, 'mona', say(digits('uni.example'), 'together'))
    expect(domains(again.members).sort()).toEqual(['lab.example', 'uni.example'])
    expect(again.keptApart).toEqual([])
  })

  it('joins two accounts, which nothing else but a .mailmap does', async () => {
    const run = await withMona()
    run.github.addUser('mona-work', { name: 'Mona Lisa', emails: ['mona@work.example'] })
    await commit(run, 'Mona Lisa <mona@lab.example>', 'Mona Lisa <mona@work.example>')
    const before = await explain(run, 'mona')
    expect(domains(before.members)).toEqual(['lab.example'])
    expect(before.suggestions).toMatchObject([{ login: 'mona-work', by: 'name' }])
    expect(before.text).toMatch(/Perhaps the same person[\s\S]*account `mona-work`/)

    const together = await explain(run, 'mona', say('mona-work', 'together'))
    expect(together.members.map(({ login }) => login).filter(Boolean)).toEqual([
      ...['mona', 'mona-work'],
    ])
    expect(together.suggestions).toEqual([])
    const apart = await explain(run, 'mona', say('MONA-work', 'apart'))
    expect(apart.members.map(({ login }) => login).filter(Boolean)).toEqual(['mona'])
  })

  it('needs somebody who is known', async () => {
    const run = await withMona()
    await commit(run, 'Mona Lisa <mona@lab.example>')
    for (const of of ['nobody-known', 'ffffffff']) {
      await expect(explain(run, 'mona', say(of, 'apart'))).rejects.toThrow('Nothing is known')
    }
    await expect(explain(run, 'mona', say('mona', 'apart'))).rejects.toThrow('the same account')
    const two = { logins: ['mona', 'mara'], ...say('ines', 'apart') }
    await expect(explain(run, 'mona', two)).rejects.toThrow('about one login')
    await expect(explain(run, 'mona', { repository: 'example-lab/other' })).rejects.toThrow(
      'example-lab/other',
    )
  })
})

it('suggests who might be the same, and joins nobody by it', async () => {
  const run = await withMona()
  run.github.addRepository('example-lab', 'other')
  await commit(run, 'Mona <mona@lab.example>', 'mlisa42 <mona.lisa@one.example>')
  await commit(run, 'Ml <mona.lisa@two.example>')
  await run.github.openIssue(engine, { author: 'mona' })
  await run.idle()
  run.github.addUser('ml', { emails: ['mona.lisa@one.example'] })
  await run.pass(91 * 24)
  await run.tick('housekeep')
  await run.idle()
  const { members, suggestions } = await explain(run, 'ml')
  expect(domains(members)).toEqual(['one.example'])
  expect(suggestions).toMatchObject([{ domain: 'two.example', by: 'local-part' }])
})

describe('inside or outside', () => {
  it('is said with what says so', async () => {
    const run = await journey()
    for (const author of ['mara', 'newcomer-a', 'newcomer-b']) {
      await run.github.openIssue(engine, { author })
    }
    run.github.putFile(
      engine,
      '.github/groundswell.yml',
      'people: { insiders: [newcomer-b] }\norganizations: { Example Lab: [lab.example] }\n',
    )
    run.github.addUser('newcomer-b', { emails: ['b@eu.lab.example'] })
    const commits = [
      { files: [{ filename: '.github/groundswell.yml' }] },
      { author: { name: 'B', email: 'b@eu.lab.example' } },
    ]
    await run.github.push(engine, { by: 'mara', commits })
    await run.idle()
    expect(await explain(run, 'mara')).toMatchObject({ inside: true, insideBy: 'GitHub' })
    const outsider = await explain(run, 'newcomer-a')
    expect(outsider).toMatchObject({ inside: false, insideBy: 'nothing', organization: null })
    expect(outsider.text).toContain('Outside: GitHub never called them')
    const configured = await explain(run, 'newcomer-b')
    expect(configured).toMatchObject({ inside: true, insideBy: 'configuration' })
    expect(configured.organization).toBe('Example Lab')
    expect(configured.text).toContain('Works for Example Lab.')
  })
})

it('says how many ever contributed, once history is known from its beginning', async () => {
  const run = await withMona()
  await commit(run, 'Mona Lisa <mona@lab.example>', 'Mona Lisa <lisa@uni.example>')
  await commit(run, 'dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>')
  await run.github.openIssue(engine, { author: 'newcomer-b' })
  const { number } = await run.github.openPullRequest(engine, { author: 'newcomer-a' })
  await run.github.mergePullRequest(engine, number, { by: 'mara' })
  await run.idle()
  expect(run.ownComments(number).join()).toContain('3 people who have contributed')
})
