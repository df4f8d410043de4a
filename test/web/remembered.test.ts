import { expect, it } from 'vitest'
import { remembered } from '../../src/web/remembered.ts'

it('works once for the same arguments, and forgets what was not asked for the longest', () => {
  const worked: string[] = []
  const greet = remembered(2, (name: { first: string }, times: number) => {
    worked.push(name.first)
    return `${name.first} ${times}`
  })
  expect(greet({ first: 'a' }, 1)).toBe('a 1')
  expect(greet({ first: 'a' }, 1)).toBe('a 1')
  expect(greet({ first: 'a' }, 2)).toBe('a 2')
  expect(worked).toEqual(['a', 'a'])
  greet({ first: 'a' }, 1)
  greet({ first: 'b' }, 1)
  greet({ first: 'a' }, 1)
  expect(worked).toEqual(['a', 'a', 'b'])
  greet({ first: 'a' }, 2)
  expect(worked).toEqual(['a', 'a', 'b', 'a'])
})
