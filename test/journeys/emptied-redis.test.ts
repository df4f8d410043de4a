import { Redis } from 'ioredis'
import { expect, it, onTestFinished } from 'vitest'
import { journey } from '../support/journey.ts'
import { until } from '../support/until.ts'

it('is given its schedules again, so that work goes on without a restart', async () => {
  const run = await journey({ ticks: true })
  const redis = new Redis(run.environment.redisUrl ?? '')
  onTestFinished(() => redis.disconnect())
  const schedules = async () => (await redis.keys('bull:groundswell-work:repeat:*')).length
  await run.idle()
  expect(await schedules()).toBeGreaterThan(0)
  await redis.flushdb()
  await until(async () => (await schedules()) > 0, 10_000)
})
