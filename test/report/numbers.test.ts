import { expect, it } from 'vitest'
import { growth, worthTelling } from '../../src/report/numbers.ts'

it('tells a change only where it is written as more than 0 %', () => {
  expect([0, 0.0004, -0.0004, null].map(worthTelling)).toEqual([null, null, null, null])
  expect([0.0005, -0.0006].map((share) => growth(worthTelling(share) ?? 0))).toEqual([
    '+0.1 %',
    '-0.1 %',
  ])
})
