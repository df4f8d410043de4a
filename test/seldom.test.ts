import { expect, it } from 'vitest'
import { seldom } from '../src/seldom.ts'

it('says the first at once, and later how many came meanwhile', () => {
  const clock = { now: new Date('2026-11-16T09:00:00Z') }
  const told: [string, number][] = []
  const tell = seldom({ now: () => clock.now, everyMs: 10_000 }, (said: string, count) =>
    told.push([said, count]),
  )
  for (const said of ['first', 'second', 'third']) tell(said)
  clock.now = new Date('2026-11-16T09:00:10Z')
  tell('fourth')
  expect(told).toEqual([
    ['first', 1],
    ['fourth', 3],
  ])
})
