import { expect, it } from 'vitest'
import { engine, journey } from '../support/journey.ts'

it('welcomes a first pull request once, and edits the same comment when it is merged', async () => {
  const { github, idle, ownComments, pass } = await journey()
  github.addUser('newcomer-a')
  const { number } = await github.openPullRequest(engine, {
    author: 'newcomer-a',
    title: 'Fix RoPE scaling beyond 128k',
    files: [{ filename: 'src/rope/scale.py' }],
  })
  await idle()
  expect(ownComments(number)).toEqual([expect.stringContaining('first pull request')])

  await pass(24)
  await github.review(engine, number, { author: 'mara', state: 'approved' })
  await github.mergePullRequest(engine, number, { by: 'mara' })
  await idle()
  expect(ownComments(number)).toEqual([expect.stringContaining('first change here')])
})
