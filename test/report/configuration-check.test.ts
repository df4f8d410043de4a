import { describe, expect, it } from 'vitest'
import { readConfiguration } from '../../config/repository.ts'
import { refuse } from '../../src/publish/gate.ts'
import { type Remarks, renderConfigurationCheck } from '../../src/report/configuration-check.ts'
import { everyFault } from './every-fault.ts'
import { place } from './samples.ts'

const nothing: Remarks = { problems: [], shortcomings: [], notices: [] }
const arrived = { isProposed: false }

function checkOf(text: string) {
  const read = readConfiguration(text, '.github/groundswell.yml')
  const remarks = 'problems' in read ? { problems: read.problems } : { notices: read.notices }
  return renderConfigurationCheck({ ...nothing, ...remarks }, arrived, place)
}

describe('the check on a configuration', () => {
  const remarks = [{ line: 3, fault: everyFault[0]! }]

  it.each([
    ['success', nothing],
    ['neutral', { ...nothing, notices: remarks }],
    ['failure', { ...nothing, notices: remarks, shortcomings: remarks }],
    ['failure', { ...nothing, shortcomings: remarks, problems: remarks }],
  ])('is a %s by the worst that there is to say', (conclusion, given) => {
    expect(renderConfigurationCheck(given, arrived, place)).toMatchObject({ conclusion })
  })

  it('says what to do so that it can be copied, and whole', () => {
    const { summary, problems } = checkOf('quiet-hours: soon\ntimezon: UTC\n')
    expect(summary).toContain('two times of day like "22:00-07:00"')
    expect(summary).toMatch(/Did you mean "timezone"\? Options here: timezone, .*, roll-up\.$/m)
    expect(problems.map(({ line }) => line).sort()).toEqual([1, 2])
    expect(problems.map(({ message }) => message).join()).toContain('like "22:00-07:00"')
  })

  it('calls nobody and leads nowhere, whatever is wrong and in whatever language', () => {
    for (const language of ['en', 'zh-CN'] as const) {
      const problems = everyFault.map((fault, nth) => ({ line: nth + 1, fault }))
      const check = renderConfigurationCheck({ ...nothing, problems }, arrived, { language })
      expect(refuse(check.summary, { urlBases: [] })).toBeNull()
    }
    const { summary } = checkOf('timezone: "@mara https://evil.example #12"\n"@mara": ![x](y)\n')
    expect(refuse(summary, { urlBases: [] })).toBeNull()
  })
})
