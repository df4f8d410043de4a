import { describe, expect, it } from 'vitest'
import { refuse } from '../../src/publish/gate.ts'

const allowed = {
  urlBases: ['https://github.com/example-lab/engine', 'https://groundswell.example/docs'],
}

describe('the gate lets through', () => {
  it.each([
    ['plain text', 'Nothing but text, 100 % of it; a < b & c.'],
    [
      'a marker on the first line',
      '<!-- groundswell:digest:2026-W47 id=1 mac=Ab-_ -->\n## Week 47',
    ],
    ['a profile', '[mona](https://github.com/mona)'],
    ['the repository', '[here](https://github.com/example-lab/engine)'],
    ['its threads', '[#12](https://github.com/example-lab/engine/pull/12) and #13'],
    ['the documentation', '[how](https://groundswell.example/docs/metrics#forks)'],
    ['an @ in code', 'Write `@mona` or:\n\n```\n@mona other/repo#1\n/groundswell pause\n```'],
    ['an @ with a joint', 'cc @\u2060mona'],
    ['an @ within a word', 'a\\@b and x@y'],
    ['small print', '<sub>Counted from 3 deliveries.</sub>'],
    [
      'something to unfold',
      '<details>\n<summary>More</summary>\n\n| a |\n| - |\n| b |\n\n</details>',
    ],
    ['a break', 'a<br>b<br/>c'],
    ['our command in code', '`/groundswell help` lists them'],
    ['our command within a line', 'Somebody wrote /groundswell help'],
  ])('%s', (_, body) => {
    expect(refuse(body, allowed)).toBeNull()
  })
})

describe('the gate refuses', () => {
  it.each([
    ['a mention', 'cc @mona', 'mentions'],
    ['a team', 'cc @example-lab/maintainers', 'mentions'],
    ['a mention in bold', '**@mona**', 'mentions'],
    ['a mention in a link', '[@mona](https://github.com/mona)', 'mentions'],
    ['a mention in a table', '| a |\n| - |\n| @mona |', 'mentions'],
    ['a mention in unfolded HTML', '<details>\n<summary>@mona</summary>\n</details>', 'mentions'],
    ['a mention made of an entity', '&#64;mona and &commat;mona', 'mentions'],
    ['a mention that is escaped', '\\@mona', 'mentions'],
    ['a wide mention', '＠mona', 'mentions'],
    ['a mention after punctuation', '(@mona)', 'mentions'],
    ['another repository’s issue', 'see other/repo#1', 'another repository'],
    ['another fork’s issue', 'see other#1', 'another repository'],
    ['another repository’s commit', 'see other/repo@deadbee', 'another repository'],
    ['a link to another’s issue', '[x](https://github.com/other/repo/issues/1)', 'not allowed'],
    ['a bare address of another’s issue', 'https://github.com/other/repo/pull/1', 'not allowed'],
    [
      'a name that only begins alike',
      '[x](https://github.com/example-lab/engine-two)',
      'not allowed',
    ],
    ['a way out by dots', '[x](https://github.com/example-lab/engine/../../a/b)', 'not allowed'],
    [
      'a way out by coded dots',
      '[x](https://github.com/example-lab/engine/%2e%2e/b)',
      'not allowed',
    ],
    ['another host', '[x](https://evil.example/)', 'not allowed'],
    ['another host behind a name', '[x](https://github.com@evil.example/mona)', 'not allowed'],
    ['a password', '[x](https://user:secret@github.com/mona)', 'not allowed'],
    ['another scheme', '[x](javascript:alert(1))', 'not allowed'],
    ['another port', '[x](https://github.com:8443/mona)', 'not allowed'],
    ['a weaker scheme', '[x](http://github.com/mona)', 'not allowed'],
    ['a relative link', '[x](../issues/1)', 'not allowed'],
    ['an unused definition', '[x]: https://evil.example', 'not allowed'],
    ['an address by e-mail', 'a@evil.example', 'not allowed'],
    ['www', 'www.evil.example', 'not allowed'],
    ['ftp', 'ftp://evil.example', 'address'],
    ['an image', '![x](https://github.com/example-lab/engine/x.png)', 'image'],
    ['an image by reference', '![x][1]\n\n[1]: https://github.com/mona', 'image'],
    ['an image in HTML', '<img src="https://evil.example">', 'HTML'],
    ['a script', 'a <script>b</script>', 'HTML'],
    ['an attribute', '<details open>\n\nx\n\n</details>', 'HTML'],
    ['a comment', 'text\n\n<!-- hidden -->', 'HTML'],
    ['a marker that is not first', 'text\n\n<!-- groundswell:digest:x -->', 'HTML'],
    ['a marker with something behind it', '<!-- groundswell:a --> <b>x</b>', 'HTML'],
    ['an entity in HTML', '<details>\n&#64;mona\n</details>', 'HTML'],
    ['our command', '/groundswell pause', 'command'],
    ['our command on a later line', 'text\n  /Groundswell help\ntext', 'command'],
    ['our command after a break', 'text\\\n/groundswell', 'command'],
    ['quotes in quotes', '> '.repeat(30), 'markup'],
    ['too many characters', 'a'.repeat(65_537), 'longer'],
    ['too many bytes', '–'.repeat(22_000), 'longer'],
  ])('%s', (_, body, fault) => {
    expect(refuse(body, allowed)).toContain(fault)
  })

  it('threads of strangers even where the whole host is allowed', () => {
    const host = { urlBases: ['https://github.com'] }
    expect(refuse('[x](https://github.com/other/repo/issues/1)', host)).toContain('not allowed')
    expect(refuse('[x](https://github.com/other/repo)', host)).toBeNull()
  })

  it('in a moment, whatever the body is', () => {
    const slow = [
      'a',
      '@',
      'a-',
      '#',
      '[',
      '*_',
      '~',
      '<',
      '`',
      '| a ',
      'a@',
      'www.',
      '![',
      '> ',
      '- ',
    ].map((part) => part.repeat(60_000 / part.length))
    // What grows with the square of the length takes minutes; a busy machine does not count.
    const start = process.cpuUsage()
    for (const body of slow) refuse(body, allowed)
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(20)
  }, 120_000)
})
