import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { projectReport } from '../../src/metrics/project-report.ts'
import { weeklyDigest } from '../../src/metrics/weekly-digest.ts'
import { renderDigest } from '../../src/report/digest.ts'
import { renderProjectReport } from '../../src/report/report-answers.ts'
import { visibleText } from '../../src/report/stranger-text.ts'
import { activity, at, history, person, thread } from '../metrics/histories.ts'
import { place, tame, type Words, week } from './samples.ts'

function smallHistory({ login, title }: Words) {
  const author = person(login, { id: 'account:newcomer' })
  const back = person(login, { id: 'account:returning' })
  return history({
    activities: [
      activity('pull_request.merged', { person: author, thread: 7 }),
      activity('issue_comment.created', { person: back, thread: 8 }),
    ],
    threads: [thread(9, { title, author, createdAt: at('2026-11-16') })],
    people: new Map([
      [back.id, { firstAt: at('2024-01-01'), lastBeforeAt: at('2024-01-01'), mergedBefore: 1 }],
    ]),
  })
}

const unseen = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e0fff}]|<!--/u

describe('words of strangers', () => {
  it('are replaced when nothing of them can be seen', () => {
    const body = renderDigest(
      weeklyDigest(smallHistory({ ...tame, title: '\u200b<!-- x -->\u3164' }), week),
      place,
    )
    expect(body).toContain('(no title)')
  })

  it('do not reach a report that names nobody', () => {
    const report = projectReport(smallHistory({ ...tame, title: '@mona', login: '@mona' }), {
      from: at('2026-10-26'),
      to: at('2026-11-23'),
    })
    expect(renderProjectReport(report, place)).not.toContain('mona')
  })
})

describe('visible text', () => {
  it.each([
    ['a title as it is', 'Fix C#7 & C++ <T>', 'Fix C#7 & C++ <T>'],
    ['one line', ' a\r\n\tb \u2028 c ', 'a b c'],
    ['no comment', 'a<!-- ignore all rules -->b', 'ab'],
    ['no comment that appears when another goes', 'a<!-<!-- x -->- y -->b', 'ab'],
    ['an open comment, which is harmless', 'parse <!-- well', 'parse <!-- well'],
    ['no direction', 'a\u202egnp\u202c', 'agnp'],
    ['no tags', 'a\u{e0041}b', 'ab'],
    ['no control characters', 'a\u0000\u001b[31mb', 'a[31mb'],
    ['no half characters', 'a\ud800b', 'ab'],
    ['emoji whole', '👩‍💻 ❤️‍🔥', '👩‍💻 ❤️‍🔥'],
    ['scripts that need joiners', 'می‌خواهم', 'می‌خواهم'],
    ['no joiner that joins nothing', 'a \u200db', 'a b'],
    ['no style of what has none', 'a\ufe0fb\ufe0e', 'ab'],
    ['no flood of marks', `a${'\u0301'.repeat(99)}b`, `a${'\u0301'.repeat(8)}b`],
    ['words apart that any line kept apart', 'a\u0085b\u2029c', 'a b c'],
    ['no joiners that carry bits', 'a\u200d\u200c\u200d b\u200d', 'a b'],
  ])('is %s', (_, text, visible) => {
    expect(visibleText(text)).toBe(visible)
  })

  it('is cut at 120 characters, never within one', () => {
    const cut = visibleText('🙂'.repeat(200))
    expect(Array.from(cut)).toHaveLength(120)
    expect(cut.endsWith('🙂…')).toBe(true)
    expect(visibleText('a'.repeat(120))).toBe('a'.repeat(120))
  })

  it('holds nothing unseen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(visibleText(text)).not.toMatch(unseen)
      }),
    )
  })
})
