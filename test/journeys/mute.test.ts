import { describe, expect, it } from 'vitest'
import { parkedWork } from '../../src/store/work.ts'
import { engine, journey } from '../support/journey.ts'

type Journey = Awaited<ReturnType<typeof journey>>

async function say({ github, idle }: Journey, on: number, by: string, body: string) {
  const { commentId } = await github.comment(engine, on, { author: by, body })
  await idle()
  return github.reactions(engine, on, commentId).map(({ content }) => content)
}

describe('mute and unmute', () => {
  it('keep Groundswell out of a thread, for its author and for people with write access', async () => {
    const run = await journey()
    const { github, ownComments } = run
    github.setPermission(engine, 'mara', 'write')
    const { number: on } = await github.openPullRequest(engine, { author: 'newcomer-a' })
    const { number: other } = await github.openPullRequest(engine, { author: 'newcomer-b' })
    await run.idle()
    expect(ownComments(on)).toHaveLength(1)

    expect(await say(run, on, 'newcomer-b', '/groundswell mute')).toEqual([])
    expect(ownComments(on).at(-1)).toContain('the author of a pull request')
    const [standing = ''] = ownComments(on)
    await say(run, on, 'newcomer-a', '/groundswell digest')
    expect(ownComments(on)).toHaveLength(3)

    expect(await say(run, on, 'newcomer-a', '/groundswell mute')).toEqual(['+1'])
    expect(ownComments(on)).toEqual([expect.stringContaining('the author of a pull request')])
    for (const command of ['help', 'status', 'digest', 'report newcomer-a']) {
      expect(await say(run, on, 'newcomer-a', `/groundswell ${command}`)).toEqual(['confused'])
    }
    await github.mergePullRequest(engine, on, { by: 'mara' })
    await run.idle()
    expect(ownComments(on)).toHaveLength(1)
    expect(ownComments(other)).toHaveLength(1)
    await say(run, other, 'newcomer-b', '/groundswell status')
    expect(ownComments(other).at(-1)).toContain('Nothing is written in 1 thread')

    expect(await say(run, on, 'mara', '/groundswell unmute')).toEqual(['+1'])
    const [, again = ''] = ownComments(on)
    expect(again).toContain('first change here')
    expect(again).not.toBe(standing)
    await say(run, on, 'newcomer-a', '/groundswell digest')
    expect(ownComments(on)).toHaveLength(3)
    expect(await parkedWork(run.app.deps.db, 10)).toEqual([])
  })

  it('leave a comment deleted that a person deleted before', async () => {
    const run = await journey()
    const { github, ownComments } = run
    const { number: on } = await github.openPullRequest(engine, { author: 'newcomer-a' })
    await run.idle()
    const [own] = github.comments(engine, on).filter(({ byApp }) => byApp)
    await github.deleteComment(engine, own?.id ?? 0, { by: 'mara' })
    await run.idle()
    await github.mergePullRequest(engine, on, { by: 'mara' })
    await run.idle()
    expect(ownComments(on)).toEqual([])
    await run.pass(1)
    await say(run, on, 'newcomer-a', '/groundswell mute')
    await run.pass(1)
    await say(run, on, 'newcomer-a', '/groundswell unmute')
    expect(ownComments(on)).toEqual([])
  })

  it('let people be hidden and forgotten in a muted thread all the same', async () => {
    const run = await journey()
    const { github, ownComments } = run
    const { number: on } = await github.openPullRequest(engine, { author: 'newcomer-a' })
    await run.idle()
    await say(run, on, 'newcomer-a', '/groundswell mute')
    expect(await say(run, on, 'newcomer-a', '/groundswell hide-me')).toEqual(['+1'])
    expect(await say(run, on, 'newcomer-a', '/groundswell forget-me')).toEqual(['+1'])
    expect(ownComments(on)).toEqual([])
    const accounts = await run.app.deps.db
      .selectFrom('accounts')
      .select('login')
      .where('login', '=', 'newcomer-a')
      .execute()
    expect(accounts).toEqual([])
  })
})
