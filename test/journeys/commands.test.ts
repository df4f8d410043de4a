import { describe, expect, it } from 'vitest'
import { carryOut } from '../../src/cli/commands.ts'
import { inboxState } from '../../src/store/deliveries.ts'
import { parkedWork } from '../../src/store/work.ts'
import { engine, journey } from '../support/journey.ts'

type Journey = Awaited<ReturnType<typeof journey>>

/** Writes a comment and waits for what the App makes of it. */
async function say({ github, idle, ownComments }: Journey, said: Said) {
  const before = ownComments(said.on)
  const { commentId } = await github.comment(engine, said.on, { author: said.by, body: said.body })
  await idle()
  return {
    commentId,
    answers: ownComments(said.on).slice(before.length),
    reactions: github.reactions(engine, said.on, commentId).map(({ content }) => content),
  }
}

interface Said {
  on: number
  by: string
  body: string
}

const silence = { answers: [], reactions: [] }

describe('help', () => {
  it('comes on issues and pull requests, however it is asked for, and calls nobody', async () => {
    const run = await journey()
    const issue = await run.github.openIssue(engine, { author: 'newcomer-a' })
    const pull = await run.github.openPullRequest(engine, { author: 'mara' })
    for (const on of [issue.number, pull.number]) {
      for (const body of ['/groundswell help', 'Hello\n\n/Groundswell  \nThank you']) {
        const { answers } = await say(run, { on, by: 'newcomer-b', body })
        expect(answers).toEqual([expect.stringContaining('- `/groundswell status`')])
        expect(answers.join()).not.toMatch(/@/)
      }
    }
  })

  it('comes once, also when GitHub delivers the comment again under another number', async () => {
    const run = await journey()
    const { number } = await run.github.openIssue(engine, { author: 'newcomer-a' })
    const delivery = await run.github.comment(engine, number, {
      author: 'newcomer-a',
      body: '/groundswell help',
    })
    await run.github.deliver(delivery)
    await run.idle()
    await run.github.deliver({ ...delivery, guid: crypto.randomUUID() })
    await run.github.deliver({
      ...delivery,
      guid: crypto.randomUUID(),
      payload: { ...delivery.payload, unheard: true },
    })
    await run.idle()
    expect(run.ownComments(number)).toHaveLength(1)
  })

  it('does not come for what is quoted, edited in, said by a bot or not allowed', async () => {
    const run = await journey()
    const { number: on } = await run.github.openIssue(engine, { author: 'newcomer-a' })
    const spoken = ['> /groundswell help', '```\n/groundswell help\n```', 'Try `/groundswell help`']
    for (const body of spoken) {
      expect(await say(run, { on, by: 'newcomer-a', body })).toMatchObject(silence)
    }
    const body = '/groundswell help'
    expect(await say(run, { on, by: 'helper[bot]', body })).toMatchObject(silence)
    const { commentId } = await say(run, { on, by: 'newcomer-a', body: 'Hello' })
    await run.github.editComment(engine, commentId, { by: 'mara', body })
    await run.idle()
    expect(run.ownComments(on)).toEqual([])

    await run.configure('commands: { enabled: false }\n')
    expect(await say(run, { on, by: 'mara', body })).toMatchObject(silence)
    await run.configure('posts-per-day: 1\n')
    expect((await say(run, { on, by: 'mara', body })).answers).toHaveLength(1)
    expect(await say(run, { on, by: 'mara', body })).toMatchObject(silence)
    await run.pass(25)
    expect((await say(run, { on, by: 'mara', body })).answers).toHaveLength(1)
    expect(await parkedWork(run.app.deps.db, 10)).toEqual([])
  })

  it('shares one comment with the other answers; what is not understood gets a reaction', async () => {
    const run = await journey()
    const { number: on } = await run.github.openIssue(engine, { author: 'newcomer-a' })
    const body =
      '/groundswell help\n/groundswell status\n/groundswell help\n/groundswell dance @mara'
    const both = await say(run, { on, by: 'newcomer-b', body })
    expect(both.reactions).toEqual(['confused'])
    expect(both.answers).toEqual([
      expect.stringMatching(/this list[\s\S]*\n---\n[\s\S]*Counting since/),
    ])
    expect(both.answers.join().match(/this list/g)).toHaveLength(1)

    const unknown = await say(run, { on, by: 'newcomer-b', body: '/groundswell make coffee' })
    expect(unknown).toMatchObject({ answers: [], reactions: ['confused'] })
  })
})

it('status tells since when, how much, the digests, and what is wrong with the configuration', async () => {
  const run = await journey()
  const ask = async () =>
    (await say(run, { on, by: 'newcomer-b', body: '/groundswell status' })).answers.join()
  const { number: on } = await run.github.openIssue(engine, { author: 'newcomer-a' })
  await run.idle()
  await run.pass(1)
  const before = await ask()
  expect(before).toContain('Counting since 16 November 2026.')
  expect(before).toContain('1 delivery received in the last 7 days, all read.')
  expect(before).toContain('No digest has been posted yet.')
  expect(before).toContain('Next digest: Monday 23 November 2026, 09:00')
  expect(before).toContain('There is no `.github/groundswell.yml`')

  await run.reach(new Date('2026-11-23T09:00:00Z'))
  await run.tick('schedule-digests')
  const digest = run.github.issues(engine).find(({ byApp }) => byApp)
  const after = await ask()
  expect(after).toContain(
    `Last digest: [2026-W47](${run.github.url}/${engine}/issues/${digest?.number})`,
  )
  expect(after).toContain('Next digest: Monday 30 November 2026, 09:00')

  await run.configure('digest:\n  enabled: false\n')
  expect(await ask()).toMatch(/Digests are switched off[\s\S]*`.github\/groundswell.yml` is valid/)
  await run.configure('digest:\n  day: someday @mara\n')
  const invalid = await ask()
  expect(invalid).toMatch(/The configuration has a problem[\s\S]*line 2[\s\S]*someday/)
  expect(invalid).toContain('Digests are switched off')
  expect(`${before}${after}${invalid}`).not.toMatch(/@\w/)
})

describe('report', () => {
  it('counts what happened in four weeks', async () => {
    const run = await journey()
    const { github } = run
    const merge = async (author: string) => {
      const { number } = await github.openPullRequest(engine, { author })
      await run.pass(3)
      await github.review(engine, number, { author: 'mara', state: 'approved' })
      await github.mergePullRequest(engine, number, { by: 'mara' })
    }
    await merge('newcomer-a')
    await merge('newcomer-a')
    await merge('tomasz')
    await github.openPullRequest(engine, { author: 'dependabot[bot]' })
    await github.openPullRequest(engine, { author: 'newcomer-b' })
    const { number: on } = await github.openIssue(engine, { author: 'newcomer-c' })
    await github.fork(engine, { owner: 'fork-one' })
    await github.star(engine, { by: 'stranger-x' })
    await run.pass(1)
    const { answers } = await say(run, { on, by: 'mara', body: '/groundswell report' })
    const [report = ''] = answers
    const row = (name: string) =>
      report
        .split('\n')
        .find((line) => line.startsWith(`| ${name} `))
        ?.split('|')[2]
        ?.trim()
    expect(row('Contributors')).toBe('5')
    expect(row('Contributors from outside')).toBe('3')
    // History was read back to the repository's beginning, so it is known who is new.
    expect(row('First pull request merged')).toBe('1')
    expect(row('Pull requests opened')).toBe('4')
    expect(row('Pull requests merged')).toBe('3')
    expect(row('Merged from outside')).toBe('2')
    expect(row('First answer to outsiders (median)')).toBe('3 h')
    expect(row('Issues opened')).toBe('1')
    expect(row('New forks')).toBe('1')
    expect(row('New stars')).toBe('1')
    expect(report).not.toMatch(/@\w|stranger-x|newcomer|dependabot/)
  })

  it('about a person is for themselves and for those who may write', async () => {
    const run = await journey()
    const { github } = run
    github.setPermission(engine, 'mara', 'write')
    const { number: on } = await github.openPullRequest(engine, { author: 'newcomer-a' })
    await run.pass(2)
    await github.mergePullRequest(engine, on, { by: 'mara' })
    await run.idle()
    await run.pass(1)
    const own = await say(run, { on, by: 'newcomer-a', body: '/groundswell report @Newcomer-A' })
    expect(own.answers).toEqual([expect.stringContaining('**1 merged pull request** here')])

    const prying = { on, by: 'newcomer-b', body: '/groundswell report newcomer-a' }
    expect(await say(run, prying)).toMatchObject({ answers: [], reactions: ['confused'] })
    github.setPermission(engine, 'newcomer-b', 'read')
    expect(await say(run, prying)).toMatchObject({ answers: [], reactions: ['confused'] })

    github.fail({ path: /\/collaborators\/mara\/permission$/, status: 500, times: 2 })
    const asked = await say(run, { on, by: 'mara', body: '/groundswell report newcomer-a' })
    expect(asked).toMatchObject({ answers: [expect.stringContaining('newcomer-a')], reactions: [] })
    const stranger = await say(run, { on, by: 'mara', body: '/groundswell report nobody-at-all' })
    expect(stranger.answers).toEqual([expect.stringContaining('Nothing is known here')])
    expect(run.ownComments(on).join()).not.toMatch(/@\w/)

    await run.configure('commands: { report-others: everyone }\n')
    expect((await say(run, prying)).answers).toHaveLength(1)
  })
})

describe('digest', () => {
  it('tells of this week so far, in one comment a thread that is edited when asked again', async () => {
    const run = await journey({ at: '2026-11-16T00:30:00Z' })
    const { github, ownComments } = run
    await run.configure('timezone: Europe/Berlin\n')
    const { number: on } = await github.openIssue(engine, { author: 'newcomer-a' })
    const { number: other } = await github.openIssue(engine, { author: 'newcomer-a' })
    await run.reach(new Date('2026-11-18T13:00:00Z'))
    await github.star(engine, { by: 'fan' })
    const first = await say(run, { on, by: 'newcomer-b', body: '/groundswell digest' })
    expect(first).toMatchObject({ reactions: [] })
    expect(first.answers).toHaveLength(1)
    const [early = ''] = first.answers
    expect(early).toMatch(
      /\*\*This week is not over\.\*\* .* until Wednesday 18 November 2026, 14:00 \(Europe\/Berlin\)/,
    )
    expect(early).toContain('Week 47: 16 to 18 November 2026')

    await run.pass(24)
    const merged = await github.openPullRequest(engine, { author: 'newcomer-c' })
    await github.mergePullRequest(engine, merged.number, { by: 'mara' })
    await run.idle()
    await run.pass(0.5)
    const again = await say(run, { on, by: 'newcomer-b', body: '/groundswell digest' })
    expect(again).toMatchObject({ answers: [], reactions: ['+1'] })
    const [late = '', ...more] = ownComments(on)
    expect(more).toEqual([])
    expect(late).toContain('until Thursday 19 November 2026, 14:30')
    expect(late).toContain('newcomer-c')

    const there = await say(run, { on: other, by: 'newcomer-b', body: '/groundswell digest' })
    expect(there.answers).toHaveLength(1)
    expect(github.issues(engine).filter(({ byApp }) => byApp)).toEqual([])
    expect(await parkedWork(run.app.deps.db, 10)).toEqual([])
  })

  it('says so when nothing has happened yet', async () => {
    const run = await journey()
    const { number: on } = await run.github.openIssue(engine, { author: 'newcomer-a' })
    await run.idle()
    await run.github.comment(engine, on, { author: 'mara' })
    await run.reach(new Date('2026-11-30T00:00:00Z'))
    const { answers } = await say(run, { on, by: 'mara', body: '/groundswell digest' })
    expect(answers).toEqual([expect.stringContaining('**This week is not over**')])
    expect(answers.join()).toContain('nothing has happened')
  })
})

describe('pause and resume', () => {
  it('stop and start what is posted unasked, for those who may write', async () => {
    const run = await journey()
    const { github } = run
    github.setPermission(engine, 'mara', 'write')
    const { number: on } = await github.openIssue(engine, { author: 'newcomer-a' })
    const refused = await say(run, { on, by: 'newcomer-a', body: '/groundswell pause' })
    expect(refused).toMatchObject({ answers: [expect.stringContaining('needs write access')] })
    const opened = await github.openPullRequest(engine, { author: 'newcomer-a' })
    await run.idle()
    expect(run.ownComments(opened.number)).toHaveLength(1)

    const paused = await say(run, { on, by: 'mara', body: '/groundswell pause' })
    expect(paused).toMatchObject({ answers: [], reactions: ['+1'] })
    const unheard = await github.openPullRequest(engine, { author: 'newcomer-b' })
    await run.reach(new Date('2026-11-23T09:00:00Z'))
    await run.tick('schedule-digests')
    expect(run.ownComments(unheard.number)).toEqual([])
    expect(github.issues(engine).filter(({ byApp }) => byApp)).toEqual([])
    const status = await say(run, { on, by: 'newcomer-a', body: '/groundswell status' })
    expect(status.answers).toEqual([expect.stringContaining('**Paused**')])

    const resumed = await say(run, { on, by: 'mara', body: '/groundswell resume' })
    expect(resumed).toMatchObject({ answers: [], reactions: ['+1'] })
    await run.tick('schedule-digests')
    expect(github.issues(engine).filter(({ byApp }) => byApp)).toHaveLength(1)
    const heard = await github.openPullRequest(engine, { author: 'newcomer-c' })
    await run.idle()
    expect(run.ownComments(heard.number)).toHaveLength(1)
  })
})

describe('hide-me', () => {
  it('takes the name out of the comments that are there, wherever, and of every later digest', async () => {
    const run = await journey()
    const { github, ownComments } = run
    github.addRepository('example-lab', 'weights')
    const merged = await github.openPullRequest(engine, { author: 'shy-one' })
    await run.idle()
    await run.pass(2)
    await github.mergePullRequest(engine, merged.number, { by: 'mara' })
    await run.idle()
    const declined = await github.openPullRequest(engine, { author: 'shy-one' })
    const open = await github.openPullRequest(engine, { author: 'shy-one' })
    const elsewhere = await github.openPullRequest('example-lab/weights', { author: 'shy-one' })
    await run.idle()
    await github.closePullRequest(engine, declined.number, { by: 'mara' })
    await run.idle()
    const threads = [merged.number, declined.number, open.number]
    const named = () =>
      [
        ...threads.flatMap(ownComments),
        ...github.comments('example-lab/weights', elsewhere.number).map(({ body }) => body),
      ].filter((body) => body.includes('shy-one'))
    expect(named()).toHaveLength(4)

    const asked = await say(run, { on: open.number, by: 'shy-one', body: '/groundswell hide-me' })
    expect(asked).toMatchObject({ reactions: ['+1'] })
    expect(named()).toEqual([])
    expect(ownComments(open.number).join()).not.toContain('hide-me</')

    await github.closePullRequest(engine, open.number, { by: 'mara' })
    await run.reach(new Date('2026-11-23T09:00:00Z'))
    await run.tick('schedule-digests')
    const digests = github.issues(engine).filter(({ byApp }) => byApp)
    expect(digests).toHaveLength(1)
    expect(digests[0]?.body).toMatch(/merged pull request.* came from outside/)
    expect(digests[0]?.body).not.toContain('shy-one')
    const shown = await carryOut(
      { command: 'digest', of: 'example-lab', week: '2026-W47', publish: false },
      run.app.deps,
    )
    expect(shown.text).not.toContain('shy-one')

    github.setPermission(engine, 'mara', 'write')
    const pry = { on: merged.number, by: 'mara', body: '/groundswell report shy-one' }
    expect((await say(run, pry)).answers.join()).toContain('Nothing is known here')
    const { answers } = await say(run, { ...pry, by: 'shy-one' })
    expect(answers).toHaveLength(1)
    expect(await parkedWork(run.app.deps.db, 10)).toEqual([])
    expect(Number((await inboxState(run.app.deps.db)).parked)).toBe(0)
  })

  it('is no failure when the comment that asked is gone', async () => {
    const run = await journey()
    const { number } = await run.github.openIssue(engine, { author: 'newcomer-a' })
    run.github.fail({ path: /\/reactions$/, status: 404, times: 2 })
    for (const body of ['/groundswell hide-me', '/groundswell dance']) {
      await say(run, { on: number, by: 'newcomer-a', body })
    }
    expect(await parkedWork(run.app.deps.db, 10)).toEqual([])
    const hidden = await run.app.deps.db.selectFrom('hidden_accounts').selectAll().execute()
    expect(hidden).toHaveLength(1)
  })
})
