import { describe, expect, it } from 'vitest'
import { carryOut } from '../../src/cli/commands.ts'
import { recording } from '../../src/events/recording.ts'
import type { GitHub } from '../../src/sandbox/github.ts'
import { record } from '../../src/store/record.ts'
import { parkedWork } from '../../src/store/work.ts'
import { engine, journey } from '../support/journey.ts'

type Journey = Awaited<ReturnType<typeof journey>>

const home = 'example-lab/community'
const secret = 'example-lab/secret'
const organisations = 'example-lab/.github'
const path = '.github/groundswell.yml'

/** An organisation of some repositories, one of them private, and the file of all of them. */
async function organisation({ text = 'roll-up: community\n', isHomePrivate = false } = {}) {
  const before = async (github: GitHub) => {
    github.addRepository('example-lab', '.github')
    github.addRepository('example-lab', 'community', { private: isHomePrivate })
    github.addRepository('example-lab', 'secret', { private: true })
    github.putFile(organisations, path, text)
  }
  const run = await journey({ before })
  await run.idle()
  return run
}

/** One outsider works in two repositories, another waits in one of them, and a third in private. */
async function aWeek({ github, pass, idle }: Journey) {
  for (const repository of [engine, home]) {
    const { number } = await github.openPullRequest(repository, { author: 'newcomer-a' })
    await pass(3)
    await github.review(repository, number, { author: 'mara', state: 'approved' })
    await github.mergePullRequest(repository, number, { by: 'mara' })
  }
  const title = 'Drops the last byte, see example-lab/secret#1'
  const { number } = await github.openIssue(engine, { author: 'newcomer-b', title })
  await github.openIssue(secret, { author: 'newcomer-c', title: 'Our plans' })
  for (const repository of [engine, home]) await github.fork(repository, { owner: 'fork-one' })
  await idle()
  return number
}

const rollUps = ({ github }: Journey, repository = home) =>
  github.issues(repository).filter(({ title }) => title.startsWith('example-lab: '))

async function tickAt(run: Journey, instant: string) {
  await run.reach(new Date(instant))
  await run.tick('schedule-digests')
}

/** On that Monday at nine, and five minutes later: digests go first. */
async function monday(run: Journey, day: string) {
  await tickAt(run, `${day}T09:00:00Z`)
  await tickAt(run, `${day}T09:05:00Z`)
}

/** The cells of a row by the words that the first begins with. */
function rowOf(body: string | null | undefined, name: string): string[] {
  const rows = (body ?? '').split('\n').map((line) => line.split(' | '))
  const named = new RegExp(`^\\| \\[?${name}\\b`)
  return rows.find(([first = '']) => named.test(first)) ?? []
}

async function push({ github, idle }: Journey, repository: string, text: string) {
  github.putFile(repository, path, text)
  await github.push(repository, { by: 'mara', commits: [{ files: [{ filename: path }] }] })
  await idle()
  const sha = github.world.repository(repository).branches.get('main')
  return github.checkRuns(repository).find(({ headSha }) => headSha === sha)
}

describe('the issue of all repositories', () => {
  it('tells of them together, once, after their own digests, and of public ones alone', async () => {
    const run = await organisation()
    const waiting = await aWeek(run)
    await tickAt(run, '2026-11-23T08:59:00Z')
    await tickAt(run, '2026-11-23T09:00:00Z')
    expect(rollUps(run)).toEqual([])
    await tickAt(run, '2026-11-23T09:05:00Z')
    await tickAt(run, '2026-11-23T09:10:00Z')

    const [issue, ...others] = rollUps(run)
    expect(others).toEqual([])
    expect(issue?.title).toBe('example-lab: Community digest, week 47 of 2026')
    expect(issue?.labels.map(({ name }) => name)).toEqual(['community-digest'])
    const body = issue?.body ?? ''
    expect(body).toContain('<!-- groundswell:roll-up:2026-W47')
    expect(body).toContain('3 repositories of example-lab together')
    expect(body).toContain('**All 2 merged pull requests came from outside.**')
    // Of the outsiders one took part in two of them, as their reviewer did.
    expect(body).toContain('**3 people contributed**, 2 of them from outside')
    expect(body).toContain('**2 new forks**')
    expect(body).toContain('One person had a first pull request merged in one of the repositories')
    expect(body).toContain(`[engine ${waiting}](${run.github.url}/${engine}/issues/${waiting})`)
    expect(body).not.toMatch(/Our plans|\[secret|newcomer-|@\w|secret#\d/)
    const own = run.github.issues(engine).find(({ title }) => title.startsWith('Community'))
    const [name, people, merged, answer, waits] = rowOf(body, 'engine')
    expect(name).toContain(`[digest](${run.github.url}/${engine}/issues/${own?.number})`)
    expect([people, answer, waits]).toEqual(['3', '3 h', '1'])
    expect(merged).toMatch(/^\[1\].* \(1\)$/)
    expect(body).toContain('And 1 other that was quiet.')
    expect(await parkedWork(run.app.deps.db, 10)).toEqual([])
  })

  it('tells of private repositories in a private one', async () => {
    const run = await organisation({ isHomePrivate: true })
    await aWeek(run)
    await monday(run, '2026-11-23')
    expect(rollUps(run)[0]?.body).toMatch(/4 repositories[\s\S]*\[secret\][\s\S]*Our plans/)
  })

  it('tells of weeks as the organisation counts them', async () => {
    const run = await organisation({ text: 'roll-up: community\nweek-start: saturday\n' })
    await run.reach(new Date('2026-11-21T12:00:00Z'))
    await aWeek(run)
    await monday(run, '2026-11-23')
    expect(rollUps(run)).toEqual([])
    await monday(run, '2026-11-30')
    expect(rollUps(run).map(({ title }) => title)).toEqual([
      'example-lab: Community digest, week 48 of 2026',
    ])
    const [issue] = rollUps(run)
    expect(issue?.body).toContain('21 to 27 November 2026')
    expect(rowOf(issue?.body, 'engine')[0]).toContain('[digest](')
  })

  it('compares with weeks before, also with what came late in them, and closes the last', async () => {
    const run = await organisation()
    for (const day of ['2026-11-23', '2026-11-30', '2026-12-07']) {
      await aWeek(run)
      await monday(run, day)
    }
    expect(rollUps(run).map(({ closedAt }) => closedAt === null)).toEqual([false, false, true])
    const last = () => rowOf(rollUps(run).at(-1)?.body, 'Contributors')
    // The first week had begun before the App was there.
    expect(last().slice(1, 3)).toEqual(['3', '3'])
    expect(last().at(-1)).toMatch(/·[▁▂▃▄▅▆▇█]{2} \|$/)

    const { db } = run.app.deps
    const repositoryId = run.github.world.repository(engine).id
    const late = {
      ...{ kind: 'issues.opened' as const, repositoryId, key: 'late', accountId: 9_999_999 },
      ...{ occurredAt: new Date('2026-11-26T12:00:00Z'), signature: null, thread: 99, detail: {} },
    }
    const account = { id: 9_999_999, login: 'late-one', type: 'User' as const }
    const told = recording({ facts: [late], accounts: [{ ...account, seenAt: late.occurredAt }] })
    await db.transaction().execute(async (trx) => await record(trx, told))
    const asked = { command: 'digest' as const, of: 'example-lab', week: '2026-W49' }
    const { data } = await carryOut({ ...asked, publish: true }, run.app.deps)
    expect(data).toContainEqual({
      ...{ repository: 'example-lab', week: '2026-W49' },
      digest: { title: rollUps(run).at(-1)?.title, body: expect.stringContaining('people') },
      sent: [{ place: `issue in ${home}`, outcome: expect.stringMatching(/\/issues\/\d+$/) }],
    })
    expect(rollUps(run)).toHaveLength(3)
    expect(last().slice(1, 3)).toEqual(['3', '4'])
  })

  it('is one, edited, where digests are; and none while paused or in quiet hours', async () => {
    const run = await organisation({ text: 'roll-up: Community\ndigest: { mode: edit }\n' })
    await aWeek(run)
    await monday(run, '2026-11-23')
    const [first] = rollUps(run)
    await aWeek(run)
    await push(run, home, 'quiet-hours: "08:00-10:00"\n')
    await monday(run, '2026-11-30')
    expect(rollUps(run).map(({ body }) => body)).toEqual([first?.body])
    const say = async (line: string) => {
      const { number } = await run.github.openIssue(home, { author: 'mara' })
      await run.github.comment(home, number, { author: 'mara', body: `/groundswell ${line}` })
      await run.idle()
      const answer = run.github.comments(home, number).find(({ byApp }) => byApp)
      return answer?.body ?? ''
    }
    await say('pause')
    await tickAt(run, '2026-11-30T10:10:00Z')
    expect(rollUps(run).map(({ body }) => body)).toEqual([first?.body])
    await say('resume')
    await tickAt(run, '2026-11-30T10:15:00Z')
    await tickAt(run, '2026-11-30T10:20:00Z')
    expect(rollUps(run)).toMatchObject([
      { number: first?.number, title: 'example-lab: Community digest, week 48 of 2026' },
    ])
    expect(await say('status')).toContain(
      `told of together here, once a week; last on [23 November 2026](${run.github.url}/${home}/issues/${first?.number}).`,
    )
    const asked = { command: 'digest' as const, of: 'example-lab', week: '2026-W47' }
    const { text } = await carryOut({ ...asked, publish: true }, run.app.deps)
    expect(text).toContain('left as it is: a later one is there')
  })
})

it('is an option of the organisation alone, and names a repository that is there', async () => {
  const run = await organisation({ text: 'timezone: UTC\n' })
  expect(await push(run, engine, 'timezone: UTC\nroll-up: engine\n')).toMatchObject({
    conclusion: 'failure',
    output: { summary: expect.stringMatching(/Line 2: .*Move it to .* of example-lab\/\.github/) },
  })
  expect(await push(run, organisations, 'roll-up: nowhere\n')).toMatchObject({
    conclusion: 'failure',
    output: { summary: expect.stringContaining('not installed in a repository "nowhere"') },
  })
  await aWeek(run)
  await monday(run, '2026-11-23')
  expect([...rollUps(run), ...rollUps(run, engine)]).toEqual([])
  const check = await push(run, organisations, 'roll-up: community\n')
  expect(check).toMatchObject({ conclusion: 'success' })
  await tickAt(run, '2026-11-23T12:00:00Z')
  expect(rollUps(run)).toHaveLength(1)
})
