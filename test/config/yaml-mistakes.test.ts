import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectTold, problemsOf, type Row } from './told-mistakes.ts'

describe('a text that is no YAML, or not as it was meant, is told so', () => {
  it.each<Row>([
    [
      'an older YAML, which reads times as numbers',
      '%YAML 1.1\n---\ndigest: { time: 10:30 }\n',
      '1:1 The file says that it is YAML 1.1, and YAML 1.2 is read. Remove the line that begins with %YAML.',
    ],
    [
      'bytes that are not UTF-8',
      'timezone: UTC\n# Zeit f\ufffdr alle\n',
      '2:9 The file holds characters that are not UTF-8. Save it in the encoding UTF-8.',
    ],
    [
      'UTF-16',
      '\ufffd\ufffdt\u0000i\u0000m\u0000e\u0000z\u0000o\u0000n\u0000e\u0000:\u0000 \u0000U\u0000T\u0000C\u0000\n\u0000',
      '1:1 The file holds characters that are not UTF-8. Save it in the encoding UTF-8.',
    ],
    [
      'what is no text at all',
      'PNG\u0000\u0000\u0001\u0002',
      '1:4 The file is not text. Replace it by a text file with one option a line.',
    ],
    [
      'a list for a file',
      '- timezone: UTC\n',
      '1:1 The file cannot be this list. It holds options by name, like "timezone: UTC".',
    ],
    [
      'a tab',
      'digest:\n\tenabled: true\n',
      '2:1 The line is indented with a tab. Indent with spaces.',
    ],
    [
      'an option said twice',
      'timezone: UTC\ntimezone: CET\n',
      '2:1 This name is given twice. Keep one of the two.',
    ],
    [
      'a bracket that stays open',
      'people:\n  bots: [mona\n',
      '2:9 A bracket is opened here and not closed. Close it, or put text that begins with a bracket in quotes.',
    ],
    [
      'two documents',
      'timezone: UTC\n---\ntimezone: CET\n',
      '2:1 A second document begins here. Keep one: remove the line "---" or "..." before it.',
    ],
    [
      'an alias without its anchor',
      'people: *team\n',
      '1:9 A * without quotes repeats what was named with &, and nothing was. Put text that begins with * in quotes.',
    ],
    [
      'a name and no more',
      'timezone\n',
      '1:1 The file cannot be "timezone". It holds options by name, like "timezone: UTC".',
    ],
    [
      'an equals sign',
      'timezone = UTC\n',
      '1:1 The file cannot be "timezone = UTC". It holds options by name, like "timezone: UTC".',
    ],
    [
      'a colon without its blank',
      'timezone:UTC\n',
      '1:1 The file cannot be "timezone:UTC". It holds options by name, like "timezone: UTC".',
    ],
    [
      'a line that is no option',
      'timezone: UTC\nlanguage en\n',
      '2:1 The line is not "name: value". Write one option a line, like "timezone: UTC".',
    ],
    [
      'a line that is no option, at the beginning',
      'language en\ntimezone: UTC\n',
      '1:1 The line is not "name: value". Write one option a line, like "timezone: UTC".',
    ],
    [
      'an indentation too deep',
      'digest:\n  day: monday\n    time: "09:00"\n',
      '2:8 The value holds a colon of its own, or the next line is indented too far. Put text that holds a colon in quotes, and begin all options of a group in the same column.',
    ],
    [
      'an indentation that goes back half',
      'digest:\n    day: monday\n  time: "09:00"\n',
      '3:1 The line begins in another column than those of the same group. Begin all options of a group in the same column.',
    ],
    [
      'a colon in a text',
      'digest:\n  title: Week: {week}\n',
      '2:10 The value holds a colon of its own, or the next line is indented too far. Put text that holds a colon in quotes, and begin all options of a group in the same column.',
    ],
    [
      'a title that begins with a bracket',
      'digest:\n  title: {week} of {year}\n',
      '2:17 Something follows that does not belong to the value. Put all of the value in quotes. Between single quotes, write an apostrophe twice.',
    ],
    [
      'an apostrophe',
      "digest:\n  title: 'It's here'\n",
      '2:14 Something follows that does not belong to the value. Put all of the value in quotes. Between single quotes, write an apostrophe twice.',
    ],
    [
      'a quote that stays open',
      'digest:\n  title: "One\n  day: monday\n',
      '2:10 A quote is opened here and not closed. Close it. Between single quotes, write an apostrophe twice.',
    ],
    [
      'an @ without quotes',
      'people:\n  bots:\n    - @mona\n',
      '3:7 Text cannot begin with this character. Put it in quotes. Logins are written without the @.',
    ],
    [
      'an asterisk without quotes',
      'areas:\n  kernels:\n    - **/rope\n',
      '3:7 A * without quotes repeats what was named with &, and nothing was. Put text that begins with * in quotes.',
    ],
    [
      'an asterisk in a list',
      'areas:\n  kernels: [*.cu]\n',
      '2:13 A * without quotes repeats what was named with &, and nothing was. Put text that begins with * in quotes.',
    ],
    [
      'a percent sign',
      '%hello\ntimezone: UTC\n',
      '1:1 The line begins with %. Remove it, or put the text in quotes.',
    ],
    [
      'a tag',
      'timezone: !env TZ\n',
      '1:11 Tags, which begin with !, are not read. Write the value alone, or in quotes.',
    ],
    [
      'a tag of YAML',
      'timezone: !!binary aGVsbG8=\n',
      '1:11 Tags, which begin with !, are not read. Write the value alone, or in quotes.',
    ],
    [
      'a backslash',
      'digest:\n  title: "C:\\week"\n',
      '2:13 A backslash between double quotes begins something that does not exist. Write it twice, or use single quotes.',
    ],
    [
      'a comma that is missing',
      '{ "timezone": "UTC" "language": "en" }\n',
      '1:15 Between the brackets a comma is missing. Write a comma after each entry.',
    ],
    [
      'a list for a name',
      '? [a, b]\n: 1\n',
      '1:3 A name belongs here, and this is none. Write the plain name of an option.',
    ],
    [
      'the marks of a merge',
      '<<<<<<< HEAD\ntimezone: UTC\n=======\ntimezone: CET\n>>>>>>> other\n',
      '1:1 The file holds marks of a merge conflict. Resolve it, and remove the lines of <<<<<<<, ======= and >>>>>>>.',
    ],
    [
      'blanks of a word processor',
      'digest:\n\u00a0\u00a0day: monday\n',
      '2:1 The line begins with a blank that only looks like a space. Replace it by a plain space.',
    ],
    [
      'a wide colon',
      'timezone：UTC\n',
      '1:9 The colon is a full-width one (：). Write a plain colon and a space.',
    ],
    [
      'a second document after dots',
      'timezone: UTC\n...\nlanguage: en\n',
      '3:1 A second document begins here. Keep one: remove the line "---" or "..." before it.',
    ],
    [
      'another format',
      '[digest]\nday = "monday"\n',
      '2:1 Something follows that does not belong to the value. Put all of the value in quotes. Between single quotes, write an apostrophe twice.',
    ],
    [
      'a page of the web',
      '<!doctype html>\n<html>\n',
      '1:1 The file cannot be "<!doctype html> <html>". It holds options by name, like "timezone: UTC".',
    ],
    [
      'a tab before an entry',
      'people:\n  bots:\n\t- a\n',
      '3:1 The line is indented with a tab. Indent with spaces.',
    ],
    [
      'a tab in a file from Windows',
      'digest:\r\n\tday: monday\r\n',
      '2:1 The line is indented with a tab. Indent with spaces.',
    ],
  ])('%s', (_, text, words) => expectTold(text, words))
})

describe('a file made to do harm is refused in a moment', () => {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const below = level === 0 ? '"lol"' : `*l${level - 1}`
    return `l${level}: &l${level} [${Array(9).fill(below).join(', ')}]`
  })

  it.each([
    ['a billion laughs', levels.join('\n'), /aliases/],
    ['20,000 brackets that open', '['.repeat(20_000), /nested too deeply/],
    ['20,000 brackets that close too', `a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`, /nested/],
    ['20,000 dashes', `${'- '.repeat(20_000)}a`, /nested too deeply/],
    ['20,000 question marks', `${'? '.repeat(20_000)}a`, /nested too deeply/],
    ['10,000 mappings', '{a: '.repeat(10_000), /nested too deeply/],
    [
      'steps of one blank',
      Array.from({ length: 300 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'),
      /nested/,
    ],
    ['more than 64 KB', `# ${'x'.repeat(64 * 1024)}`, /larger than 64 KB/],
    ['more than 64 KB of few characters', `# ${'é'.repeat(40_000)}`, /larger than 64 KB/],
    [
      '8,000 keys',
      Array.from({ length: 8000 }, (_, n) => `${n}:`).join('\n'),
      /too much in one place/,
    ],
    ['60,000 commas', `[${','.repeat(60_000)}]`, /too much in one place/],
    [
      '20,000 full-width colons before a plain one',
      `a${'：'.repeat(20_000)}: `,
      /name belongs here/,
    ],
    ['60,000 blanks', `${' '.repeat(60_000)}\u00a0`, /only looks like a space/],
    ['30,000 empty lists', '[]'.repeat(30_000), /too much in one place/],
  ])('%s', (_, text, message) => {
    const begun = performance.now()
    expect(problemsOf(text)[0]?.message).toMatch(message)
    expect(performance.now() - begun).toBeLessThan(3000)
  })

  it('and reaches no prototype', () => {
    problemsOf('__proto__: { polluted: true }\nconstructor: { prototype: { polluted: true } }\n')
    expect(Object.keys(Object.prototype)).toEqual([])
    expect('polluted' in {}).toBe(false)
  })

  it('whatever the text: a configuration or problems that stand in the file', () => {
    const words = fc.constantFrom(
      'timezone',
      'digest',
      ': ',
      '\n',
      '  ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '*a',
      '&a ',
      '\t',
      '"',
      '#',
      '|',
      '!!',
      '%',
      'UTC',
      '\u0000',
      '@',
      'é',
    )
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(words).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const lines = text.split('\n').length
        for (const { line, column, message, remedy } of problemsOf(text)) {
          expect(line).toBeGreaterThanOrEqual(1)
          expect(line).toBeLessThanOrEqual(lines)
          expect(column).toBeGreaterThanOrEqual(1)
          expect(message).not.toBe('')
          expect(remedy).not.toBe('')
        }
      }),
    )
  })
})
