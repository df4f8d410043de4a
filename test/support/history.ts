import type { GitHub } from '../../src/sandbox/github.ts'
import { engine } from './journey.ts'

const outsiders = ['newcomer-a', 'newcomer-b', 'dependabot[bot]', 'was-deleted', 'newcomer-c']
const hourMs = 3_600_000

/**
 * A project's past, one pull request and one issue a day: drafted, reviewed,
 * talked about, merged, closed, reopened or left open, with bots and a deleted
 * account, and conversations longer than what is read with a page.
 */
export async function pastOf(
  github: GitHub,
  clock: { now: Date },
  { days }: { days: number },
): Promise<void> {
  const pass = (hours: number) => {
    clock.now = new Date(clock.now.getTime() + hours * hourMs)
  }
  await github.release(engine, { author: 'mara', tag: 'v1.0' })
  await github.fork(engine, { owner: 'newcomer-a' })
  for (let day = 0; day < days; day += 1) {
    const author = outsiders[day % outsiders.length] ?? 'newcomer-a'
    const draft = day % 6 === 4
    const pull = await github.openPullRequest(engine, { author, title: `Change ${day}`, draft })
    pass(1)
    if (draft) await github.markReady(engine, pull.number)
    await github.review(engine, pull.number, {
      author: 'mara',
      state: 'changes_requested',
      comments: day % 2 === 0 ? [{ path: 'src/tokenizer.py', body: 'Why so?' }] : [],
    })
    await github.comment(engine, pull.number, { author: 'ines' })
    pass(5)
    if (day % 3 === 0) await github.mergePullRequest(engine, pull.number, { by: 'tomasz' })
    if (day % 3 === 1) await github.closePullRequest(engine, pull.number, { by: 'tomasz' })
    if (day % 9 === 1) {
      pass(1)
      await github.reopenPullRequest(engine, pull.number, { by: 'tomasz' })
    }
    if (day % 18 === 1) {
      pass(1)
      await github.closePullRequest(engine, pull.number, { by: 'tomasz' })
    }
    if (day % 5 === 0) await github.star(engine, { by: `fan-${day}` })
    const issue = await github.openIssue(engine, { author: 'newcomer-c', title: `Report ${day}` })
    const many = day % 7 === 2 ? 27 : day % 2
    for (let each = 0; each < many; each += 1) {
      pass(0.1)
      await github.comment(engine, issue.number, { author })
      if (day % 7 === 2) await github.comment(engine, pull.number, { author: 'tomasz' })
      if (day % 7 === 2) await github.review(engine, pull.number, { author: 'ines' })
    }
    if (day % 4 === 0) await github.closeIssue(engine, issue.number, { by: 'mara' })
    pass(16)
  }
  const asked = await github.openDiscussion(engine, { author: 'newcomer-b' })
  for (let each = 0; each < 13; each += 1) {
    pass(1)
    const said = await github.commentOnDiscussion(engine, asked.number, { author: 'ines' })
    for (let reply = 0; reply < (each === 11 ? 12 : each % 2); reply += 1) {
      const replyTo = said.commentId
      await github.commentOnDiscussion(engine, asked.number, { author: 'newcomer-b', replyTo })
    }
    if (each === 12) {
      await github.answerDiscussion(engine, asked.number, { commentId: said.commentId, by: 'mara' })
    }
  }
  github.deleteUser('was-deleted')
  pass(24)
}
