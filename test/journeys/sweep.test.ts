import { expect, it } from 'vitest'
import { sweep } from '../../jobs/sweep.ts'
import { secondaryRateLimit } from '../../src/sandbox/faults.ts'
import { engine, journey } from '../support/journey.ts'
import { until } from '../support/until.ts'

const attemptsToPost = ({ github }: Awaited<ReturnType<typeof journey>>) =>
  github.requests.filter(({ method, path }) => method === 'POST' && /\/comments$/.test(path)).length

it('leaves GitHub alone while a limit lasts, and makes good what the queue lost afterwards', async () => {
  const run = await journey()
  const { github, app, logged, ownComments, idle, pass } = run
  await idle()
  github.fail({ method: 'POST', path: /\/comments$/, ...secondaryRateLimit(3600), times: 1 })
  const { number } = await github.openPullRequest(engine, { author: 'newcomer-a' })
  await until(() => logged.some((line) => line.includes('secondary rate limit')))

  for (let minutes = 0; minutes < 60; minutes += 20) {
    await sweep(app.deps)
    expect(await app.deps.queue.depth()).toBe(0)
    await pass(1 / 3)
  }
  expect(attemptsToPost(run)).toBe(1)

  // The queue still holds the job back by its own clock; what rests in our table is over.
  await pass(1)
  await run.tick('sweep')
  expect(ownComments(number)).toHaveLength(1)
  expect(attemptsToPost(run)).toBe(2)
})
