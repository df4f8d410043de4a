import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Command, commandsIn } from '../../src/events/command.ts'

const help: Command = { name: 'help', argument: null }

describe('a command', () => {
  it.each<[string, Command[]]>([
    ['/groundswell help', [help]],
    ['/groundswell', [help]],
    ['/GroundSwell HELP  ', [help]],
    ['  /groundswell\thelp', [help]],
    ['Thanks.\n/groundswell help', [help]],
    ['Thanks.\r\n\r\n/groundswell help\r\n', [help]],
    ['- a list\n\n/groundswell help', [help]],
    ['> a quotation\n\n/groundswell help', [help]],
    ['```\ncode\n```\n/groundswell help', [help]],
    ['A title\n---\n\n/groundswell help', [help]],
    ['<details>\nlong\n</details>\n\n/groundswell help', [help]],
    ['/groundswell hide-me', [{ name: 'hide-me', argument: null }]],
    ['/groundswell report', [{ name: 'report', argument: null }]],
    ['/groundswell report mona', [{ name: 'report', argument: 'mona' }]],
    ['/groundswell report @mona', [{ name: 'report', argument: 'mona' }]],
    ['/groundswell report @mona_lab', [{ name: 'report', argument: 'mona_lab' }]],
    ['/groundswell report renovate[bot]', [{ name: 'report', argument: 'renovate[bot]' }]],
    ['/groundswell dance', [{ name: 'unknown', text: 'dance' }]],
    ['/groundswell report @mona and @lisa', [{ name: 'unknown', text: 'report @mona and @lisa' }]],
    ['/groundswell report ../../etc', [{ name: 'unknown', text: 'report ../../etc' }]],
    ['/groundswell hide-me @mona', [{ name: 'unknown', text: 'hide-me @mona' }]],
    ['/groundswell constructor', [{ name: 'unknown', text: 'constructor' }]],
    ['/groundswell help\nand\n/groundswell status', [help, { name: 'status', argument: null }]],
  ])('is read from %j', (body, commands) => {
    expect(commandsIn(body)).toEqual(commands)
  })

  it.each([
    '',
    'Have you tried /groundswell help?',
    '/groundswells help',
    '/groundswell-help',
    '/groundswell/help',
    '`/groundswell help`',
    '``\n/groundswell help\n``',
    '    /groundswell help',
    '```\n/groundswell help\n```',
    '~~~\n/groundswell help',
    '> /groundswell help',
    '> lazy\n/groundswell help',
    '- item\n\n  /groundswell help',
    '1. /groundswell help',
    '# /groundswell help',
    '/groundswell help\n===',
    '| a |\n|---|\n/groundswell help',
    '<!-- \n/groundswell help\n-->',
    '<!--\n\n/groundswell help\n\n-->',
    '<pre>\n\n/groundswell help\n\n</pre>',
    '<details>\n<summary>Log</summary>\n\n/groundswell help\n\n</details>',
    '<blockquote>\n\n/groundswell help\n\n</blockquote>',
    'He wrote <code>\n/groundswell help\n</code>',
    '[\n/groundswell help](https://example.com)',
    '*see\n/groundswell help*',
    '**see\n/groundswell help**',
    '\\/groundswell help',
    '[^1]: /groundswell help',
  ])('is not read from %j', (body) => {
    expect(commandsIn(body)).toEqual([])
  })

  it('is one of five at most', () => {
    expect(commandsIn('/groundswell help\n'.repeat(20))).toHaveLength(5)
    expect(commandsIn('/groundswell help\n\n'.repeat(20))).toHaveLength(5)
  })

  it('beyond the longest comment that GitHub takes is not there', () => {
    const filler = `${'a'.repeat(79)}\n`.repeat(818)
    expect(commandsIn(`${filler}\n/groundswell help`)).toEqual([help])
    expect(commandsIn(`${filler}${filler}\n/groundswell help`)).toEqual([])
  })
})

describe('whatever is quoted, fenced or hidden', () => {
  const line = fc.constantFrom(
    '/groundswell help',
    '/groundswell pause',
    '  /groundswell forget-me',
    'Some words.',
    '',
    '> said',
    '- item',
    '```',
    '<div>',
    '</div>',
    '| a | b |',
    '|---|---|',
    '===',
    '<!-- note',
    '-->',
  )
  const body = fc.array(line, { minLength: 1, maxLength: 12 })
  const proseLine = fc.constantFrom('/groundswell help', '/groundswell pause', 'Some words.', '')
  const prose = fc.array(proseLine, { minLength: 1, maxLength: 12 })

  it('commands nothing in a quotation', () => {
    fc.assert(
      fc.property(body, (lines) => {
        expect(commandsIn(lines.map((one) => `> ${one}`).join('\n'))).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('commands nothing in a fence longer than its own', () => {
    fc.assert(
      fc.property(body, (lines) => {
        expect(commandsIn(['````', ...lines, '````'].join('\n'))).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('commands nothing when it is indented as code or as part of a list', () => {
    fc.assert(
      fc.property(body, (lines) => {
        const indented = lines.map((one) => (one === '' ? '' : `    ${one}`)).join('\n')
        expect(commandsIn(indented)).toEqual([])
        expect(commandsIn(`1.  first\n\n${indented}`)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it.each([
    ['<!--', '-->'],
    ['<details>', '</details>'],
    ['<blockquote>', '</blockquote>'],
    ['<pre>', '</pre>'],
  ])('commands nothing between %s and %s', (opening, closing) => {
    fc.assert(
      fc.property(prose, (lines) => {
        expect(commandsIn([opening, ...lines, closing].join('\n'))).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('reads any text without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        commandsIn(`/groundswell ${text}`)
        commandsIn(`${text}\n/groundswell help`)
      }),
      { numRuns: 200 },
    )
  })
})

describe('a body made to be slow', () => {
  const size = 65_000
  const lines = (line: string) => line.repeat(Math.floor(size / line.length))

  it.each([
    ['tabs', lines('\t')],
    ['opening brackets', lines('[')],
    ['closing brackets', lines(']')],
    ['half links', lines('[a](')],
    ['emphasis', lines('**a*')],
    ['deep emphasis', `${'*'.repeat(30_000)}a${'*'.repeat(30_000)}`],
    ['backticks', lines('`a``')],
    ['10,000 quotations', '>'.repeat(10_000)],
    ['quotations with tabs', lines('>\t')],
    ['lists in lists', lines('- ')],
    ['ordered lists in lists', lines('1. ')],
    ['footnotes in footnotes', lines('[^a]: ')],
    ['headings', lines('a\n-\n')],
    ['tables', lines('|a|\n|-|\n')],
    ['a wide table', `${'|a'.repeat(10_000)}|\n${'|-'.repeat(10_000)}|`],
    ['definitions', lines('[a]: b\n')],
    ['tags', lines('<a ')],
    ['comments', lines('<!--')],
    ['blank lines', lines('\n')],
    ['one paragraph', `/groundswell ${lines(']')}`],
    ['commands', lines('/groundswell x]]]]\n\n')],
  ])('of %s is read in a moment, wherever the command stands', (_, junk) => {
    const started = performance.now()
    commandsIn(`/groundswell help\n\n${junk}`)
    commandsIn(`${junk}\n\n/groundswell help`)
    // a tenth of this on an idle machine; a careless parser takes from ten seconds to minutes
    expect(performance.now() - started).toBeLessThan(5000)
  })
})
