import { describe, expect, it } from 'vitest'
import { combined, recording } from '../../src/events/recording.ts'
import { fork, issue } from '../support/builders.ts'
import { told } from './told.ts'

describe('recordings together', () => {
  it('keep the latest look of an account, whichever came first', () => {
    const at = (login: string, instant: string) =>
      recording({ accounts: [{ id: 1, login, type: 'User', seenAt: new Date(instant) }] })
    const old = at('mona', '2026-11-16T09:00:00Z')
    const renamed = at('lisa', '2026-11-17T09:00:00Z')

    expect(combined([old, renamed]).accounts).toMatchObject([{ login: 'lisa' }])
    expect(combined([renamed, old]).accounts).toMatchObject([{ login: 'lisa' }])
  })

  it('keep the latest look of a thread, and each fact once', () => {
    const steps = issue({ number: 3 })
    const opened = told(steps.opened())
    const edited = told(steps.edited({ title: 'Clearer' }))

    for (const order of [
      [opened, edited],
      [edited, opened, edited],
    ]) {
      expect(combined(order).threads).toMatchObject([{ title: 'Clearer' }])
      expect(combined(order).facts).toEqual(opened.facts)
    }
  })

  it('keep facts of different repositories apart', () => {
    const here = told(fork())
    const there = told(fork({ repository: { id: 2 } }))
    expect(combined([here, there]).facts).toHaveLength(2)
  })
})
