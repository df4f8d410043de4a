import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areasOf } from '../../src/events/areas.ts'

describe('areas', () => {
  it('are the first two directories, the most frequent first', () => {
    expect(
      areasOf([
        'kernels/rope.cu',
        'src/rope/a.py',
        'src/rope/deep/b.py',
        '.github/workflows/ci.yml',
      ]),
    ).toEqual(['src/rope/', '.github/workflows/', 'kernels/'])
  })

  it('leave files at the top out', () => {
    expect(areasOf(['README.md', 'setup.py'])).toEqual([])
  })

  it('do not depend on the order of paths, and are at most 20', () => {
    const path = fc
      .array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join('/'))
    fc.assert(
      fc.property(fc.array(path, { maxLength: 200 }), (paths) => {
        expect(areasOf(paths.toReversed())).toEqual(areasOf(paths))
        expect(areasOf(paths).length).toBeLessThanOrEqual(20)
      }),
    )
  })
})
