import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { describe, expect, it, onTestFinished } from 'vitest'
import { carryOut } from '../../src/cli/commands.ts'
import type { GitHub } from '../../src/sandbox/github.ts'
import { keptDigests } from '../../src/store/digests.ts'
import { sendingsOf } from '../../src/store/sendings.ts'
import { parkedWork } from '../../src/store/work.ts'
import { health } from '../../src/web/health.ts'
import {
  discordReceiver,
  mailReceiver,
  type Receiver,
  slackReceiver,
} from '../support/channel-receivers.ts'
import { engine, journey } from '../support/journey.ts'

type Journey = Awaited<ReturnType<typeof journey>>

const week = '2026-W47'
const monday = new Date('2026-11-23T09:00:00Z')

/** The App with a file of channels, and a repository whose digest goes to some places. */
async function withChannels(
  channels: string,
  to: string[],
  more: Pick<NonNullable<Parameters<typeof journey>[0]>, 'at' | 'before'> & {
    private?: boolean
    mode?: 'edit'
  } = {},
) {
  const { at, before } = more
  const folder = await mkdtemp(join(tmpdir(), 'groundswell-channels-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'channels.yml')
  await writeFile(path, channels)
  const run = await journey({
    ...(at === undefined ? {} : { at }),
    env: { CHANNELS_PATH: path },
    before: async (github, clock) => {
      github.world.repository(engine).private = more.private ?? false
      await before?.(github, clock)
    },
  })
  const sha = await configure(run, to, more.mode)
  return { run, sha }
}

async function configure({ github, idle }: Journey, to: string[], mode = 'new'): Promise<string> {
  const text = `digest:\n  mode: ${mode}\n  to:\n${to.map((place) => `    - "${place}"\n`).join('')}`
  github.putFile(engine, '.github/groundswell.yml', text)
  const files = [{ filename: '.github/groundswell.yml' }]
  await github.push(engine, { by: 'mara', commits: [{ files }] })
  await idle()
  return github.world.repository(engine).branches.get('main') ?? ''
}

async function aWeek({ github, pass, idle }: Journey) {
  const { number } = await github.openPullRequest(engine, {
    author: 'newcomer-a',
    title: 'Fix the <!channel> sampler',
  })
  await pass(3)
  await github.mergePullRequest(engine, number, { by: 'mara' })
  await github.openIssue(engine, { author: 'newcomer-b', title: 'Tokenizer drops @everyone' })
  await idle()
}

async function monday9(run: Journey) {
  await aWeek(run)
  await run.reach(monday)
  await run.tick('schedule-digests')
}

async function fiveWeeksOfMerges(github: GitHub, clock: { now: Date }) {
  for (let weeks = 0; weeks < 5; weeks += 1) {
    const { number } = await github.openPullRequest(engine, { author: 'mara' })
    await github.mergePullRequest(engine, number, { by: 'mara' })
    clock.now = new Date(clock.now.getTime() + 7 * 24 * 3_600_000)
  }
}

const digestsOf = ({ github }: Journey) =>
  github.issues(engine).filter(({ labels }) => labels.some(({ name }) => /digest/.test(name)))

const sendings = ({ app, github }: Journey) =>
  sendingsOf(app.deps.db, { repositoryId: github.world.repository(engine).id, week })

async function status(run: Journey): Promise<string> {
  const { number } = await run.github.openIssue(engine, { author: 'mara' })
  await run.github.comment(engine, number, { author: 'mara', body: '/groundswell status' })
  await run.idle()
  return run.ownComments(number).join()
}

const slackFile = ({ url }: Receiver, allowed = 'example-lab') =>
  `slack: { community: { webhook: "${url}", for: [${allowed}] } }\n`

const digest = (more: { to?: string; publish?: boolean; again?: boolean } = {}) => ({
  command: 'digest' as const,
  of: engine,
  week,
  publish: false,
  ...more,
})

describe('a digest goes to every place that the repository names', () => {
  it('once, and what a chat gets leads to the whole', async () => {
    const [slack, discord, mail] = [
      await slackReceiver(),
      await discordReceiver(),
      await mailReceiver(),
    ]
    const { run } = await withChannels(
      [
        `slack: { community: { webhook: "${slack.url}", for: [Example-Lab] } }`,
        `discord: { lounge: { webhook: "${discord.url}", for: [example-lab/engine] } }`,
        'mail: { news: { to: [news@example.org], for: [example-lab] } }',
        `smtp: { url: "${mail.url}", from: "Groundswell <groundswell@example.org>" }`,
      ].join('\n'),
      ['issue', 'discussion:Announcements', 'slack:community', 'discord:lounge', 'mail:news'],
    )
    await monday9(run)
    await run.tick('schedule-digests')
    await run.tick('sweep')

    const [issue, ...others] = digestsOf(run)
    expect(others).toEqual([])
    const page = `${run.github.url}/${engine}/issues/${issue?.number}`
    const [discussion] = run.github.discussions(engine)
    expect(run.github.discussions(engine)).toHaveLength(1)
    expect(discussion).toMatchObject({
      title: issue?.title,
      category: { name: 'Announcements' },
      body: expect.stringMatching(/^<!-- groundswell:digest-discussion:2026-W47 /),
    })
    expect(slack.received).toHaveLength(1)
    expect(discord.received).toHaveLength(1)
    expect(mail.received).toHaveLength(1)
    for (const chat of [slack, discord]) {
      expect(chat.requests).toBe(1)
      expect(JSON.stringify(chat.received)).toMatch(/issues\/\d+|discussions\/\d+/)
    }
    expect(JSON.stringify([slack.received, discord.received, mail.received])).not.toMatch(
      /<!channel>|@everyone/,
    )
    const read = await PostalMime.parse(mail.received[0]?.mime ?? '')
    expect(read.html).toContain('newcomer-a')
    expect(mail.received[0]?.to).toEqual(['news@example.org'])

    const [kept, ...more] = await keptDigests(
      run.app.deps.db,
      run.github.world.repository(engine).id,
      10,
    )
    expect(more).toEqual([])
    expect(kept).toMatchObject({ week, title: issue?.title, countedAt: monday })
    expect(issue?.body?.endsWith(kept?.markdown ?? '-')).toBe(true)

    expect(await status(run)).toContain(`[${week}](${page})`)
    expect(await health(run.app.deps)).toMatchObject({ digests: { sent: 5, failed: 0 } })
    expect(run.logged.join('')).not.toContain('secret-of-the-test')
  })
})

describe('a channel that fails holds up nothing else', () => {
  it('and is sent to once it can be reached', async () => {
    const slack = await slackReceiver()
    slack.behaves({ status: 503 })
    const { run } = await withChannels(slackFile(slack), ['issue', 'slack:community'])
    await aWeek(run)
    await run.reach(monday)
    const ticking = run.tick('schedule-digests')
    await expect.poll(() => slack.requests, { timeout: 30_000 }).toBeGreaterThan(1)
    expect(digestsOf(run)).toHaveLength(1)
    slack.behaves(null)
    await ticking
    expect(slack.received).toHaveLength(1)
    expect(await parkedWork(run.app.deps.db, 10)).toEqual([])
  })

  it('and is told when it refuses, and not tried again', async () => {
    const slack = await slackReceiver()
    slack.behaves({ status: 404, body: 'no_service' })
    const { run } = await withChannels(slackFile(slack), ['issue', 'slack:community'])
    await monday9(run)
    await run.tick('sweep')
    expect(slack.requests).toBe(1)
    expect(digestsOf(run)).toHaveLength(1)
    expect(await parkedWork(run.app.deps.db, 10)).toMatchObject([
      { job: 'send-digest', failure: expect.stringContaining('404 no_service') },
    ])
    expect(await health(run.app.deps)).toMatchObject({ digests: { sent: 1, failed: 1 } })
    const told = await status(run)
    expect(told).toMatch(/did not reach `slack:community`/)
    expect(told).not.toContain('no_service')

    slack.behaves(null)
    await carryOut({ command: 'replay', deliveries: [], reopen: 'parked' }, run.app.deps)
    await run.idle()
    expect(slack.received).toHaveLength(1)
    expect(await status(run)).not.toMatch(/did not reach/)
  })

  it('and is never sent to twice by itself when it took the message and answered nothing', async () => {
    const slack = await slackReceiver()
    slack.behaves('drop')
    const { run } = await withChannels(slackFile(slack), ['issue', 'slack:community'])
    await monday9(run)
    slack.behaves(null)
    await carryOut({ command: 'replay', deliveries: [], reopen: 'parked' }, run.app.deps)
    await run.tick('sweep')
    await carryOut(digest({ publish: true }), run.app.deps)
    await run.restart()
    await run.idle()
    expect(slack.requests).toBe(1)
    expect(await sendings(run)).toContainEqual(
      expect.objectContaining({ channel: 'slack:community', sentAt: null }),
    )
    const [parked] = await parkedWork(run.app.deps.db, 10)
    expect(parked?.failure).toContain('It is not known whether the digest reached slack:community')

    const again = digest({ to: 'slack:community', publish: true, again: true })
    expect((await carryOut(again, run.app.deps)).text).toBe('slack:community: sent')
    expect(slack.received).toHaveLength(1)
  })

  it('and one that was cut off by the end of the process is not sent to again either', async () => {
    const slack = await slackReceiver()
    const { run } = await withChannels(slackFile(slack), ['slack:community'])
    await aWeek(run)
    await run.reach(monday)
    const { db } = run.app.deps
    const { id } = run.github.world.repository(engine)
    const attempted = new Date(monday.getTime() - 10 * 60_000)
    await db
      .insertInto('sendings')
      .values({ repository_id: id, week, channel: 'slack:community', attempted_at: attempted })
      .execute()
    await run.tick('schedule-digests')
    expect(slack.requests).toBe(0)
    expect(await sendings(run)).toMatchObject([{ failure: expect.stringContaining('ended') }])
  })
})

describe('a mail', () => {
  const file = ({ url }: { url: string }) =>
    `mail: { news: { to: [news@example.org], for: [example-lab] } }\nsmtp: { url: "${url}", from: groundswell@example.org }\n`

  it('shows the charts of its digest, which come with it', async () => {
    const mail = await mailReceiver()
    const { run } = await withChannels(file(mail), ['mail:news'], {
      at: '2026-10-12T09:00:00Z',
      before: fiveWeeksOfMerges,
    })
    await monday9(run)
    const shown = await carryOut(digest({ to: 'mail:news' }), run.app.deps)
    const again = digest({ to: 'mail:news', publish: true, again: true })
    await carryOut(again, run.app.deps)

    expect(mail.received).toHaveLength(2)
    const [sent, repeated] = mail.received.map(({ mime }) => mime)
    expect(repeated).toBe(sent)
    const { html, text, attachments } = await PostalMime.parse(sent ?? '')
    expect(text).toContain('Pull requests merged')
    const [picture, ...others] = attachments
    expect(others).toEqual([])
    expect(picture).toMatchObject({ disposition: 'inline', related: true, mimeType: 'image/png' })
    expect(html).toContain(`<img src="${picture?.contentId?.replace(/^<(.*)>$/, 'cid:$1')}"`)
    expect(html).toContain('Merged pull requests, 5 weeks: 1 in the last, 1 of them from outside')
    const png = Buffer.from(picture?.content as ArrayBuffer) // as: no text is asked for
    expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([960, 440])

    const bytes = png.toString('base64').replaceAll(/.{76}(?!$)/g, '$&\r\n')
    const sum = createHash('sha256').update(png).digest('hex')
    expect(shown.text).toBe(sent?.replace(bytes, `(${png.length} bytes, SHA-256 ${sum})`))
    expect(shown.text.length).toBeLessThan(20_000)
  })

  it('that the server defers goes out later', async () => {
    const mail = await mailReceiver()
    mail.behaves('defers')
    const { run } = await withChannels(file(mail), ['mail:news'])
    await aWeek(run)
    await run.reach(monday)
    const ticking = run.tick('schedule-digests')
    await expect
      .poll(async () => (await sendings(run))[0]?.failure, { timeout: 30_000 })
      .toContain('451')
    mail.behaves('takes')
    await ticking
    expect(mail.received).toHaveLength(1)
  })

  it('that the server refuses is told without anybody’s address', async () => {
    const mail = await mailReceiver()
    mail.behaves('refuses')
    const { run } = await withChannels(file(mail), ['mail:news'])
    await monday9(run)
    const [parked] = await parkedWork(run.app.deps.db, 10)
    expect(parked?.failure).toContain('550')
    expect(JSON.stringify([parked, run.logged])).not.toContain('news@example.org')
  })

  it('whose receipt was never confirmed is not sent again', async () => {
    const mail = await mailReceiver()
    mail.behaves('drops after the message')
    const { run } = await withChannels(file(mail), ['mail:news'])
    await monday9(run)
    mail.behaves('takes')
    await run.tick('sweep')
    expect(mail.messages).toBe(1)
    const [parked] = await parkedWork(run.app.deps.db, 10)
    expect(parked?.failure).toContain('It is not known whether')
  })
})

describe('a place that a repository may not use', () => {
  it('is told on the commit that names it and in the status, and the rest goes on', async () => {
    const slack = await slackReceiver()
    const { run, sha } = await withChannels(slackFile(slack, 'other-lab'), [
      'issue',
      'slack:community',
      'discord:nowhere',
    ])
    const [check] = run.github.checkRuns(engine).filter(({ headSha }) => headSha === sha)
    expect(check).toMatchObject({ conclusion: 'failure', output: { annotations: 2 } })
    expect(check?.output.summary).toMatch(/Line 5: There is no channel "slack:community"/)
    await monday9(run)
    expect(slack.requests).toBe(0)
    expect(digestsOf(run)).toHaveLength(1)
    const told = await status(run)
    expect(told).toMatch(/do not reach `slack:community`: There is no channel/)
    expect(told).toMatch(/do not reach `discord:nowhere`/)
    expect(await parkedWork(run.app.deps.db, 10)).toEqual([])
  })

  it('is any channel for a private repository, unless it is named in full', async () => {
    const slack = await slackReceiver()
    const [own, named] = ['example-lab', 'example-lab, example-lab/engine']
    const first = await withChannels(slackFile(slack, own), ['slack:community'], { private: true })
    await monday9(first.run)
    expect(slack.requests).toBe(0)
    expect(await status(first.run)).toMatch(/This repository is private/)

    const second = await withChannels(slackFile(slack, named), ['slack:community'], {
      private: true,
    })
    await monday9(second.run)
    expect(slack.received).toHaveLength(1)
  })
})

describe('where issues are turned off', () => {
  it('the digest becomes a discussion', async () => {
    const { run } = await withChannels('{}', ['issue'])
    await monday9(run)
    expect(digestsOf(run)).toHaveLength(1)
    run.github.world.repository(engine).hasIssues = false
    await carryOut(digest({ publish: true }), run.app.deps)
    await carryOut(digest({ publish: true }), run.app.deps)
    expect(run.github.discussions(engine)).toHaveLength(1)
    expect(run.github.discussions(engine)[0]?.category.name).toBe('Announcements')

    // An issue that cannot be read is not one that a person deleted.
    run.github.world.repository(engine).hasIssues = true
    await run.github.openPullRequest(engine, { author: 'newcomer-c' })
    const { text } = await carryOut(digest({ publish: true }), run.app.deps)
    expect(text).toMatch(/issue: http/)
    expect(digestsOf(run)).toHaveLength(1)
  })

  it('and discussions, too, it is said once', async () => {
    const { run } = await withChannels('{}', ['issue'])
    Object.assign(run.github.world.repository(engine), { hasIssues: false, hasDiscussions: false })
    await aWeekOfPulls(run)
    await run.reach(monday)
    await run.tick('schedule-digests')
    await run.tick('sweep')
    const told = run.logged.filter((line) => line.includes('issues are turned off'))
    expect(told).toHaveLength(1)
    expect(await sendings(run)).toMatchObject([
      { failure: 'issues are turned off, and discussions are turned off' },
    ])
    expect(await parkedWork(run.app.deps.db, 10)).toEqual([])
  })
})

async function aWeekOfPulls({ github, pass, idle }: Journey) {
  const { number } = await github.openPullRequest(engine, { author: 'newcomer-a' })
  await pass(3)
  await github.mergePullRequest(engine, number, { by: 'mara' })
  await idle()
}

describe('a discussion', () => {
  it('is edited when the digest is published again, and keeps the words of a person', async () => {
    const { run } = await withChannels('{}', ['discussion:announcements'])
    await monday9(run)
    const [posted] = run.github.discussions(engine)
    await run.github.openPullRequest(engine, { author: 'newcomer-c' })
    await carryOut(digest({ publish: true }), run.app.deps)
    expect(run.github.discussions(engine)).toHaveLength(1)
    posted!.body = `${posted?.body}\n\nThank you all.`
    const { text } = await carryOut(
      digest({ publish: true, to: 'discussion:General' }),
      run.app.deps,
    )
    expect(run.github.discussions(engine)).toHaveLength(1)
    expect(posted?.body).toMatch(/Thank you all\.$/)
    expect(text).toMatch(/a person edited it/)
  })

  it('is found again when the answer to its creation was lost', async () => {
    const { run } = await withChannels('{}', ['discussion:Announcements'])
    await aWeek(run)
    await run.reach(monday)
    run.github.fail({ path: /\/graphql$/, status: 502, times: 1 })
    await run.tick('schedule-digests')
    await run.app.deps.db.deleteFrom('publications').execute()
    await carryOut(digest({ publish: true }), run.app.deps)
    expect(run.github.discussions(engine)).toHaveLength(1)
  })

  it('of a category that is not there is told with those that are', async () => {
    const { run } = await withChannels('{}', ['discussion:News'])
    await monday9(run)
    expect(run.github.discussions(engine)).toEqual([])
    expect(await status(run)).toMatch(/no category of discussions called "News"; there are: Ann/)
  })
})

describe('on demand', () => {
  it('what is rewritten each week never goes back to an earlier one', async () => {
    const { run } = await withChannels('{}', ['issue'], { mode: 'edit' })
    await monday9(run)
    await aWeek(run)
    await run.reach(new Date('2026-11-30T09:00:00Z'))
    await run.tick('schedule-digests')
    const [later, ...others] = digestsOf(run).map(({ title }) => title)
    const { text } = await carryOut(digest({ publish: true }), run.app.deps)
    expect(text).toMatch(/issue: left as it is: a later digest is there/)
    expect(later).toBe('Community digest, week 48 of 2026')
    expect([digestsOf(run)[0]?.title, others]).toEqual([later, []])
  })

  it('it is shown exactly as it would be sent, and nothing is sent', async () => {
    const [slack, mail] = [await slackReceiver(), await mailReceiver()]
    const { run } = await withChannels(
      `${slackFile(slack)}mail: { news: { to: [news@example.org], for: [example-lab] } }\nsmtp: { url: "${mail.url}", from: groundswell@example.org }\n`,
      ['slack:community', 'mail:news'],
    )
    await aWeek(run)
    await run.reach(monday)
    const { deps } = run.app
    const shown = await carryOut(digest({ to: 'slack:community' }), deps)
    const letter = await carryOut(digest({ to: 'mail:news' }), deps)
    expect(slack.requests + mail.messages).toBe(0)
    expect(await sendings(run)).toEqual([])

    await run.tick('schedule-digests')
    expect(JSON.parse(shown.text)).toEqual(slack.received[0])
    expect(letter.text).toBe(mail.received[0]?.mime)
  })

  it('a place that is none, or not for this repository, is refused in plain words', async () => {
    const slack = await slackReceiver()
    const { run } = await withChannels(slackFile(slack), ['issue'])
    const asked = (to: string) => carryOut(digest({ to }), run.app.deps)
    await expect(asked('pigeon:coop')).rejects.toThrow('is no place')
    await expect(asked('slack:other')).rejects.toThrow('There is no channel "slack:other"')
  })
})
