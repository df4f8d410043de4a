import { existsSync, readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { groupOf } from '../../src/events/account-group.ts'
import { outputOf } from './output-of.ts'

const accounts = fileURLToPath(new URL('../../../shared/data/bots/accounts.csv', import.meta.url))

afterEach(() => void vi.restoreAllMocks())

describe('explain', () => {
  it.each([
    ['mona', 'human', 'looks like a person'],
    ['talbot', 'human', 'looks like a person'],
    ['dependabot[bot]', 'bot', 'ends in [bot]'],
    ['codecov-commenter', 'bot', 'list of known bots'],
    ['some-lab-bot', 'bot', '"-bot"'],
    ['claude', 'ai', 'list of AI agents'],
  ])('says that %s is %s, and why', async (login, kind, why) => {
    const { exitCode, out } = await outputOf('explain', login, '--format', 'json')
    expect(exitCode).toBe(0)
    expect(JSON.parse(out)).toEqual([{ login, kind, reason: expect.stringContaining(why) }])
  })

  it('reads logins from standard input, one a line', async () => {
    const input = Readable.from(['mona\r\n\n@some-lab', '-bot\n'])
    vi.spyOn(process, 'stdin', 'get').mockReturnValue(input as typeof process.stdin) // as: read as a stream only
    const { out } = await outputOf('explain', '-', 'claude', '--format', 'json')
    const kinds = JSON.parse(out).map(({ login, kind }: Record<string, string>) => [login, kind])
    expect(kinds).toEqual([
      ['mona', 'human'],
      ['some-lab-bot', 'bot'],
      ['claude', 'ai'],
    ])
  })

  it('is a table for people, and mentions nobody', async () => {
    const { out } = await outputOf('explain', '@mona', 'a|b@c')
    expect(out).toMatch(/\| Login \| Kind \| Why \|/)
    expect(out).toMatch(/\| `mona` \| person \|/)
    expect(out).not.toMatch(/@\w/)
  })

  it.each([
    [['--apart', 'lisa'], 'The App is not set up'],
    [['--repository', 'example-lab/engine'], 'The App is not set up'],
    [['--apart', 'lisa', '--together', 'ada'], 'give one of them'],
  ])('cannot %j without a store, or both at once', async (options, message) => {
    const { exitCode, out, error } = await outputOf('explain', 'mona', ...options)
    expect([exitCode, out, error]).toEqual([1, '', expect.stringContaining(message)])
  })

  it('wants a login', async () => {
    vi.spyOn(process, 'stdin', 'get').mockReturnValue(Readable.from([]) as typeof process.stdin) // as: see above
    const { exitCode, error } = await outputOf('explain', '-')
    expect([exitCode, error]).toEqual([1, expect.stringContaining('No login was given')])
  })
})

it.skipIf(!existsSync(accounts))(
  'tells bots from people among labelled accounts (skipped without ../shared)',
  () => {
    const rows = readFileSync(accounts, 'utf8').trim().split(/\r?\n/).slice(1)
    const judged = rows.map((row) => {
      const [login = '', bot] = row.split(',')
      return { isBot: bot === '1', found: groupOf({ login, type: 'User' }) !== 'human' }
    })
    const hits = judged.filter(({ isBot, found }) => isBot && found).length
    const precision = hits / judged.filter(({ found }) => found).length
    const recall = hits / judged.filter(({ isBot }) => isBot).length
    expect(precision).toBeGreaterThanOrEqual(0.95)
    expect((2 * precision * recall) / (precision + recall)).toBeGreaterThanOrEqual(0.86)
  },
)
