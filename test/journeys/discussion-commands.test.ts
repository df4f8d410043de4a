import { describe, expect, it, vi } from 'vitest'
import { findDiscussionComment } from '../../src/sandbox/discussions.ts'
import { parkedWork } from '../../src/store/work.ts'
import { engine, journey } from '../support/journey.ts'

type Journey = Awaited<ReturnType<typeof journey>>

interface Said {
  on: number
  by: string
  body: string
  /** the comment in whose thread it is said */
  replyTo?: number
}

async function discussion({ github, idle }: Journey, body = 'How?'): Promise<number> {
  const { number } = await github.openDiscussion(engine, { author: 'newcomer-a', body })
  await idle()
  return number
}

/** Comments in a discussion and waits for what the App makes of it. */
async function say(run: Journey, { on, by, ...said }: Said) {
  const before = ownReplies(run, on)
  const { commentId } = await run.github.commentOnDiscussion(engine, on, { author: by, ...said })
  await run.idle()
  const answers = ownReplies(run, on).filter((body) => !before.includes(body))
  return { commentId, answers, reactions: reactionsTo(run, commentId) }
}

const commentsOn = ({ github }: Journey, on: number) =>
  github.discussions(engine).find(({ number }) => number === on)?.comments ?? []

/** Bodies of the App's own replies; it never begins a thread. */
function ownReplies(run: Journey, on: number): string[] {
  const { bot } = run.github.world
  const comments = commentsOn(run, on)
  expect(comments.filter(({ author }) => author === bot)).toEqual([])
  return comments.flatMap(({ replies }) =>
    replies.filter(({ author }) => author === bot).map(({ body }) => body),
  )
}

function reactionsTo({ github }: Journey, commentId: number): string[] {
  const found = findDiscussionComment(github.world.repository(engine), commentId)
  return found?.comment.reactions.map(({ content }) => content) ?? []
}

const silence = { answers: [], reactions: [] }
const nothingParked = async ({ app }: Journey) =>
  expect(await parkedWork(app.deps.db, 10)).toEqual([])

describe('a command in a discussion', () => {
  it('is answered in the thread of the comment that asked, also where that is a reply', async () => {
    const run = await journey()
    const on = await discussion(run)
    const asked = await say(run, { on, by: 'newcomer-b', body: 'Hi.\n\n/groundswell help' })
    expect(asked).toMatchObject({
      answers: [expect.stringContaining('- `/groundswell status`')],
      reactions: [],
    })
    const { commentId } = await say(run, { on, by: 'mara', body: 'Use a smaller batch.' })
    const body = '/groundswell status\n/groundswell dance'
    const below = await say(run, { on, by: 'newcomer-a', body, replyTo: commentId })
    expect(below).toMatchObject({
      answers: [expect.stringContaining('Counting since')],
      reactions: ['confused'],
    })
    expect(commentsOn(run, on).map(({ replies }) => replies.length)).toEqual([1, 2])
    expect(ownReplies(run, on).join()).not.toMatch(/@\w/)
    await nothingParked(run)
  })

  it('is answered once, whatever GitHub delivers, and the answer is answered by nobody', async () => {
    const run = await journey()
    const on = await discussion(run)
    const delivery = await run.github.commentOnDiscussion(engine, on, {
      author: 'newcomer-a',
      body: '/groundswell help',
    })
    await run.idle()
    for (const more of [{}, { unheard: true }]) {
      const payload = { ...delivery.payload, ...more }
      await run.github.deliver({ ...delivery, guid: crypto.randomUUID(), payload })
    }
    await run.idle()
    expect(ownReplies(run, on)).toHaveLength(1)
    const told = run.github.deliveries.made.filter(({ event }) => event === 'discussion_comment')
    expect(told.map(({ payload }) => payload)).toMatchObject([
      { action: 'created', comment: { parent_id: null, user: { login: 'newcomer-a' } } },
      {
        action: 'created',
        comment: { parent_id: delivery.commentId, user: { login: 'groundswell[bot]' } },
      },
    ])
  })

  it('is not what is quoted, edited in, said by a bot, in the first post or not allowed', async () => {
    const run = await journey()
    const body = '/groundswell help'
    const on = await discussion(run, body)
    for (const quoted of ['> /groundswell help', '```\n/groundswell help\n```']) {
      expect(await say(run, { on, by: 'newcomer-a', body: quoted })).toMatchObject(silence)
    }
    expect(await say(run, { on, by: 'helper[bot]', body })).toMatchObject(silence)
    const { commentId } = await say(run, { on, by: 'newcomer-a', body: 'Hello' })
    await run.github.editDiscussionComment(engine, commentId, { by: 'mara', body })
    await run.idle()
    expect(ownReplies(run, on)).toEqual([])

    await run.configure('commands: { enabled: false }\n')
    expect(await say(run, { on, by: 'mara', body })).toMatchObject(silence)
    await run.configure('posts-per-day: 1\n')
    expect((await say(run, { on, by: 'mara', body })).answers).toHaveLength(1)
    expect(await say(run, { on, by: 'mara', body })).toMatchObject(silence)
    await nothingParked(run)
  })

  it('is not mixed up with one on an issue, where GitHub has used the same number', async () => {
    const run = await journey()
    const on = await discussion(run)
    const { number } = await run.github.openIssue(engine, { author: 'newcomer-a' })
    const asked = { author: 'newcomer-b', body: '/groundswell help' }
    const { commentId } = await run.github.comment(engine, number, asked)
    await run.idle()
    vi.spyOn(run.github.world, 'nextId').mockReturnValueOnce(commentId)
    const there = await say(run, { on, by: 'newcomer-b', body: '/groundswell status' })
    expect(there).toMatchObject({ commentId, answers: [expect.stringContaining('Counting since')] })
    expect(run.ownComments(number)).toEqual([expect.stringContaining('this list')])
  })

  it('is for whom it is for on issues', async () => {
    const run = await journey()
    const { github } = run
    github.setPermission(engine, 'mara', 'write')
    const on = await discussion(run)
    const refused = await say(run, { on, by: 'newcomer-a', body: '/groundswell pause' })
    expect(refused.answers).toEqual([expect.stringContaining('needs write access')])
    expect(await say(run, { on, by: 'mara', body: '/groundswell pause' })).toMatchObject({
      answers: [],
      reactions: ['+1'],
    })
    const status = await say(run, { on, by: 'newcomer-a', body: '/groundswell status' })
    expect(status.answers).toEqual([expect.stringContaining('**Paused**')])
    const prying = { on, by: 'newcomer-b', body: '/groundswell report newcomer-a' }
    expect(await say(run, prying)).toMatchObject({ answers: [], reactions: ['confused'] })
    expect((await say(run, { ...prying, by: 'mara' })).answers).toHaveLength(1)
  })
})

it('digest is one reply a discussion, edited wherever it is asked for again, until the mute', async () => {
  const run = await journey()
  const { github } = run
  github.setPermission(engine, 'mara', 'write')
  const on = await discussion(run)
  const body = '/groundswell digest'
  const first = await say(run, { on, by: 'newcomer-b', body })
  expect(first).toMatchObject({
    answers: [expect.stringContaining('This week is not over')],
    reactions: [],
  })
  await github.star(engine, { by: 'fan' })
  await run.pass(24)
  const again = await say(run, { on, by: 'newcomer-c', body })
  expect(again.reactions).toEqual(['+1'])
  expect(ownReplies(run, on)).toEqual(again.answers)

  const muting = await say(run, { on, by: 'newcomer-a', body: '/groundswell mute' })
  expect(muting.answers).toEqual([expect.stringContaining('write access')])
  const muted = await say(run, { on, by: 'mara', body: '/groundswell mute' })
  expect(muted).toMatchObject({ answers: [], reactions: ['+1'] })
  expect(ownReplies(run, on)).toEqual(muting.answers)
  for (const asked of [body, '/groundswell help']) {
    expect(await say(run, { on, by: 'mara', body: asked })).toMatchObject({
      answers: [],
      reactions: ['confused'],
    })
  }
  expect(await say(run, { on, by: 'mara', body: '/groundswell unmute' })).toMatchObject({
    reactions: ['+1'],
  })
  expect((await say(run, { on, by: 'mara', body })).answers).toHaveLength(1)
  await nothingParked(run)
})

it('forget-me takes back what was said about somebody in discussions, too', async () => {
  const run = await journey()
  const on = await discussion(run)
  await run.github.openIssue(engine, { author: 'shy-one' })
  const about = await say(run, { on, by: 'shy-one', body: '/groundswell report shy-one' })
  expect(about.answers).toEqual([expect.stringContaining('shy-one')])
  expect(await say(run, { on, by: 'shy-one', body: '/groundswell hide-me' })).toMatchObject({
    reactions: ['+1'],
  })
  const { answers, commentId } = await say(run, {
    on,
    by: 'shy-one',
    body: '/groundswell forget-me',
  })
  expect(answers).toHaveLength(1)
  expect(ownReplies(run, on)).toEqual(answers)
  const requests = await run.app.deps.db
    .selectFrom('work')
    .select(['key', 'payload'])
    .where('job', '=', 'answer-command')
    .execute()
  expect(requests).toMatchObject([
    { key: expect.stringContaining(`/discussion-${commentId}`), payload: { commands: [] } },
  ])
  expect(JSON.stringify(requests)).not.toContain('shy-one')
  await nothingParked(run)
})

describe('where GitHub takes no reply', () => {
  it('a locked discussion is left alone, and so is a locked issue', async () => {
    const run = await journey()
    const on = await discussion(run)
    await run.github.lockDiscussion(engine, on, { by: 'mara' })
    expect(await say(run, { on, by: 'mara', body: '/groundswell help' })).toMatchObject(silence)
    expect(run.logged.join('')).toContain('the discussion is locked')

    const { number } = await run.github.openIssue(engine, { author: 'newcomer-a' })
    run.github.fail({
      ...{ method: 'POST', path: /\/issues\/\d+\/comments$/, status: 403 },
      body: { message: 'Unable to create comment because issue is locked.' },
    })
    await run.github.comment(engine, number, { author: 'mara', body: '/groundswell help' })
    await run.idle()
    expect(run.ownComments(number)).toEqual([])
    expect(run.logged.join('')).toContain('the thread is locked')
    await nothingParked(run)
  })

  it('for want of a permission, it is logged once a request, and commands are carried out', async () => {
    const run = await journey({
      before: async ({ app }) => {
        const { discussions: _, ...permissions } = app.permissions
        app.permissions = permissions
      },
    })
    run.github.setPermission(engine, 'mara', 'write')
    const on = await discussion(run)
    for (const body of ['/groundswell help', '/groundswell digest', '/groundswell pause']) {
      expect(await say(run, { on, by: 'mara', body })).toMatchObject(silence)
    }
    const warnings = run.logged.filter((line) => line.includes('not accessible by integration'))
    // an answer; a digest and the reaction that says it is not there; a reaction
    expect(warnings).toHaveLength(4)
    const { number } = await run.github.openIssue(engine, { author: 'newcomer-a' })
    await run.github.comment(engine, number, { author: 'mara', body: '/groundswell status' })
    await run.idle()
    expect(run.ownComments(number)).toEqual([expect.stringContaining('**Paused**')])
    await nothingParked(run)
  })

  it.each(['alone', 'in a thread', 'with a reply'])(
    'since the comment that asked is gone, which stood %s, nothing is missed',
    async (how) => {
      const run = await journey()
      const { github } = run
      const on = await discussion(run)
      const top = await say(run, { on, by: 'mara', body: 'Use a smaller batch.' })
      github.fail({ path: /\/graphql$/, operation: 'replyPlace', status: 502 })
      const { commentId } = await github.commentOnDiscussion(engine, on, {
        ...{ author: 'newcomer-a', body: '/groundswell help' },
        ...(how === 'in a thread' && { replyTo: top.commentId }),
      })
      if (how === 'with a reply') {
        await github.commentOnDiscussion(engine, on, { author: 'mara', replyTo: commentId })
      }
      await github.deleteDiscussionComment(engine, commentId, { by: 'newcomer-a' })
      await run.idle()
      expect(ownReplies(run, on)).toEqual([])
      expect(run.logged.join('')).toContain('the comment that asked is gone')
      await nothingParked(run)
    },
  )
})

describe('one reply, whatever GitHub answers', () => {
  const mutation = { method: 'POST', path: /\/graphql$/, operation: 'createReply' }
  const body = '/groundswell help'

  it.each([
    ['the reply was made and the answer was lost', { status: 'commit-then-drop', times: 3 }],
    ['the connection drops before anything is done', { status: 'drop', times: 2 }],
    ['GitHub fails', { status: 502, times: 2 }],
  ] as const)('when %s', async (_, fault) => {
    const run = await journey()
    const on = await discussion(run)
    run.github.fail({ ...mutation, ...fault })
    expect((await say(run, { on, by: 'mara', body })).answers).toHaveLength(1)
    await nothingParked(run)
  })

  it('when the answers in the thread take several pages, and the database is new', async () => {
    const run = await journey()
    const on = await discussion(run)
    const asked = await run.github.commentOnDiscussion(engine, on, { author: 'mara', body })
    await run.idle()
    const [top] = commentsOn(run, on)
    const [own] = top!.replies
    const chatter = Array.from({ length: 150 }, (_, index) => ({
      ...own!,
      id: own!.id + 1_000 + index,
      author: run.github.world.account('newcomer-a'),
    }))
    top!.replies = [...chatter, own!, { ...own!, id: own!.id + 5_000 }]
    await run.app.deps.db.deleteFrom('publications').execute()
    await run.pass(24)
    await run.github.deliver({
      ...asked,
      guid: crypto.randomUUID(),
      payload: { ...asked.payload, again: true },
    })
    await run.idle()
    const { bot } = run.github.world
    expect(top!.replies.filter(({ author }) => author === bot)).toEqual([own])
    expect(top!.replies).toHaveLength(151)
  })

  it('when a person deleted it, none; when a person edited it, theirs', async () => {
    const run = await journey()
    const on = await discussion(run)
    const ask = async () => {
      const asked = { author: 'mara', body: '/groundswell status' }
      const delivery = await run.github.commentOnDiscussion(engine, on, asked)
      await run.idle()
      const [reply] = commentsOn(run, on).find(({ id }) => id === delivery.commentId)!.replies
      return { delivery, reply: reply! }
    }
    const [deleted, edited, left] = [await ask(), await ask(), await ask()]
    const { github } = run
    await github.deleteDiscussionComment(engine, deleted.reply.id, { by: 'mara' })
    await github.editDiscussionComment(engine, edited.reply.id, { by: 'mara', body: 'Mended.' })
    await run.pass(30)
    for (const { delivery } of [deleted, edited, left]) {
      const payload = { ...delivery.payload, again: true }
      await github.deliver({ ...delivery, guid: crypto.randomUUID(), payload })
    }
    await run.idle()
    expect(ownReplies(run, on)).toEqual(['Mended.', expect.stringContaining('Counting since')])
    expect(left.reply.updatedAt).toEqual(run.clock.now)
  })
})
