import { afterEach, describe, expect, it } from 'vitest'
import { Hopeless, type JobQueue, type JobRequest, Later } from '../../src/queue.ts'
import { openTestQueue, useDatabase } from '../support/engine.ts'
import { until } from '../support/until.ts'

describe('the queue, on every engine', () => {
  const using = useDatabase()
  const queues: JobQueue[] = []
  const open = async () => {
    const queue = await openTestQueue(using.database, using.open)
    queues.push(queue)
    return queue
  }
  const quiet = { onError: () => {}, pace: 100 }
  afterEach(async () => {
    await Promise.all(queues.splice(0).map((queue) => queue.close(5_000)))
  })

  it('runs a job with its name and key', async () => {
    const queue = await open()
    const ran: JobRequest[] = []
    await queue.work(async (job) => void ran.push(job), quiet)
    await queue.enqueue([
      { name: 'record-delivery', key: 'a-guid' },
      { name: 'publish-digest', key: '1000/2026-W47' },
    ])
    await until(() => ran.length === 2)
    expect(ran.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
      { name: 'publish-digest', key: '1000/2026-W47' },
      { name: 'record-delivery', key: 'a-guid' },
    ])
  })

  it('adds a waiting job once, however often it is asked for', async () => {
    const queue = await open()
    for (let time = 0; time < 5; time += 1) {
      await queue.enqueue([{ name: 'publish-digest', key: '1' }])
    }
    expect(await queue.depth()).toBe(1)
    const ran: string[] = []
    await queue.work(async ({ key }) => void ran.push(key), quiet)
    await until(() => ran.length === 1)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(ran).toEqual(['1'])
  })

  it('runs once more when it was asked for while it ran, never twice at once', async () => {
    const queue = await open()
    let running = 0
    let most = 0
    let runs = 0
    await queue.work(async () => {
      running += 1
      most = Math.max(most, running)
      if (runs === 0) {
        for (let time = 0; time < 3; time += 1) {
          await queue.enqueue([{ name: 'publish-digest', key: '1' }])
        }
      }
      runs += 1
      running -= 1
    }, quiet)
    await queue.enqueue([{ name: 'publish-digest', key: '1' }])
    await until(() => runs === 2)
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect({ runs, most }).toEqual({ runs: 2, most: 1 })
  })

  it('tries again after a failure, and tells which attempt it is', async () => {
    const queue = await open()
    const numbers: number[] = []
    await queue.work(async (_, number) => {
      numbers.push(number)
      if (number < 3) throw new Error('not yet')
    }, quiet)
    await queue.enqueue([{ name: 'publish-digest', key: '1' }])
    await until(() => numbers.length === 3)
    expect(numbers).toEqual([1, 2, 3])
  })

  it('waits when a job says later, without using up an attempt', async () => {
    const queue = await open()
    const numbers: number[] = []
    await queue.work(async (_, number) => {
      numbers.push(number)
      if (numbers.length < 3) throw new Later(20, 'GitHub asks to wait')
    }, quiet)
    await queue.enqueue([{ name: 'publish-digest', key: '1' }])
    await until(() => numbers.length === 3)
    expect(numbers).toEqual([1, 1, 1])
  })

  it('does not try again what is hopeless, and takes the same key afterwards', async () => {
    const queue = await open()
    let runs = 0
    await queue.work(async () => {
      runs += 1
      if (runs === 1) throw new Hopeless('the payload does not fit')
    }, quiet)
    await queue.enqueue([{ name: 'publish-digest', key: '1' }])
    await until(async () => runs === 1 && (await queue.depth()) === 0)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(runs).toBe(1)
    await queue.enqueue([{ name: 'publish-digest', key: '1' }])
    await until(() => runs === 2)
  })

  it('runs schedules, and again after a restart', async () => {
    const first = await open()
    let ticks = 0
    await first.work(async () => {
      ticks += 1
    }, quiet)
    await first.schedule([{ name: 'sweep', everyMs: 200 }])
    await until(() => ticks >= 2)
    await first.close(5_000)
    queues.splice(0)
    const before = ticks
    const second = await open()
    await second.work(async () => {
      ticks += 1
    }, quiet)
    await second.schedule([{ name: 'sweep', everyMs: 200 }])
    await until(() => ticks >= before + 2)
    await second.schedule([])
  })

  it('keeps jobs that nobody took before a restart', async () => {
    const first = await open()
    await first.enqueue([{ name: 'record-delivery', key: 'kept' }])
    await first.close(5_000)
    queues.splice(0)
    const second = await open()
    const ran: string[] = []
    await second.work(async ({ key }) => void ran.push(key), quiet)
    await until(() => ran.includes('kept'))
  })
})
