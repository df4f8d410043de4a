import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { namedAreas, namedReviewers } from '../../src/metrics/named-areas.ts'

describe('areas by the names of a project', () => {
  it.each<[string, string[], Record<string, string[]>, string[]]>([
    ['without names stay as they are', ['csrc/rope/', 'docs/'], {}, ['csrc/rope/', 'docs/']],
    [
      'become one where one name fits several',
      ['csrc/rope/', 'docs/', 'kernels/'],
      { kernels: ['csrc/**', 'kernels/**'] },
      ['kernels', 'docs/'],
    ],
    [
      'take a directory for all that lies in it',
      ['csrc/rope/'],
      { kernels: ['csrc'] },
      ['kernels'],
    ],
    ['take a slash at the end for none', ['csrc/rope/'], { kernels: ['csrc/'] }, ['kernels']],
    ['take the first name that fits', ['csrc/'], { a: ['csrc/**'], b: ['csrc/**'] }, ['a']],
    [
      'know a name in the second level',
      ['src/rope/', 'src/'],
      { rope: ['src/rope/**'] },
      ['rope', 'src/'],
    ],
    ['let an asterisk stand for any name', ['a/kernels/'], { kernels: ['*/kernels'] }, ['kernels']],
    ['do not stop at what begins alike', ['csrc2/'], { kernels: ['csrc/**'] }, ['csrc2/']],
    ['count hidden directories', ['.github/workflows/'], { ci: ['.github/**'] }, ['ci']],
  ])('%s', (_, areas, names, expected) => {
    expect(namedAreas(areas, names)).toEqual(expected)
  })

  it('never become more, and a stranger’s directory never becomes a pattern', () => {
    const directory = fc.string({ unit: 'binary', maxLength: 40 })
    fc.assert(
      fc.property(fc.array(directory), (areas) => {
        const named = namedAreas(areas, { kernels: ['csrc/**', '*/kernels'] })
        expect(named.length).toBeLessThanOrEqual(areas.length)
        expect(named.every((area) => area === 'kernels' || areas.includes(area))).toBe(true)
      }),
    )
  })

  it('take no time for a name made to take long', () => {
    const begun = performance.now()
    namedAreas([`${'a'.repeat(5000)}!/`], { slow: ['a*b/a*b'] })
    expect(performance.now() - begun).toBeLessThan(1000)
  })
})

it('names each reviewer of an area once, by the most that one directory shows', () => {
  const reviewers = [
    { area: 'csrc/rope/', login: 'mara', reviews: 3 },
    { area: 'csrc/attention/', login: 'mara', reviews: 5 },
    { area: 'csrc/rope/', login: 'tomasz', reviews: 4 },
    { area: 'docs/', login: 'mara', reviews: 1 },
  ]
  expect(namedReviewers(reviewers, { kernels: ['csrc/**'] })).toEqual([
    { area: 'kernels', login: 'mara', reviews: 5 },
    { area: 'kernels', login: 'tomasz', reviews: 4 },
    { area: 'docs/', login: 'mara', reviews: 1 },
  ])
})
