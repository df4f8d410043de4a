import { defineCommand } from 'citty'
import { describe, expect, it } from 'vitest'
import { type Program, runProgram } from '../../src/cli/run-program.ts'
import { UserError } from '../../src/errors.ts'

/** A program of two commands, and everything that it did and said. */
async function run(...rawArgs: string[]) {
  const ran: unknown[] = []
  const said = { out: '', error: '' }
  const digest = defineCommand({
    meta: { description: 'Render a digest' },
    args: {
      repository: { type: 'positional', description: 'owner/name' },
      week: { type: 'string', alias: 'w', description: 'the week' },
      publish: { type: 'boolean', default: false, description: 'post it' },
      format: { type: 'enum', options: ['md', 'json'], default: 'md' },
    },
    run: ({ args: { repository, week, publish, format } }) => {
      ran.push({ repository, week, publish, format })
    },
  })
  const fail = defineCommand({
    meta: { description: 'Fail' },
    args: { kindly: { type: 'boolean' } },
    run: ({ args }) => {
      throw args.kindly
        ? new UserError('That is no week. Use one like 2026-W47.')
        : new Error('boom')
    },
  })
  const program: Program = {
    meta: { name: 'groundswell', version: '1.2.3', description: 'Counts' },
    subCommands: { digest: async () => digest, fail: async () => fail },
  }
  const exitCode = await runProgram(program, rawArgs, {
    out: { write: (text) => (said.out += text) },
    error: { write: (text) => (said.error += text) },
  })
  return { exitCode, ran, ...said }
}

describe('a command', () => {
  it('runs with its arguments', async () => {
    const { exitCode, ran } = await run(
      'digest',
      'example-lab/engine',
      '-w',
      '2026-W47',
      '--publish',
    )
    expect(exitCode).toBe(0)
    expect(ran).toEqual([
      { repository: 'example-lab/engine', week: '2026-W47', publish: true, format: 'md' },
    ])
  })

  it('may be told no', async () => {
    const { ran } = await run('digest', 'example-lab/engine', '--no-publish', '--format=json')
    expect(ran).toEqual([expect.objectContaining({ publish: false, format: 'json' })])
  })

  it.each(['--help', '-h'])('explains itself with %s and does nothing', async (flag) => {
    const { exitCode, ran, out, error } = await run('digest', flag, '--unknown')
    expect(exitCode).toBe(0)
    expect(out).toMatch(/groundswell digest.*REPOSITORY.*--week.*--publish/s)
    expect([ran, error]).toEqual([[], ''])
  })
})

describe('the program', () => {
  it.each(['--help', '-h'])('lists its commands with %s', async (flag) => {
    const { exitCode, out } = await run(flag)
    expect(exitCode).toBe(0)
    expect(out).toMatch(/digest\s+Render a digest.*fail\s+Fail/s)
    expect(out).not.toContain('\u001B')
  })

  it('lists them as an error when none is named', async () => {
    const { exitCode, out, error } = await run()
    expect(exitCode).toBe(1)
    expect(out).toBe('')
    expect(error).toContain('Render a digest')
  })

  it('tells its version', async () => {
    expect(await run('--version')).toMatchObject({ exitCode: 0, out: '1.2.3\n', error: '' })
  })
})

describe('what is wrong with a command line is told, and nothing runs', () => {
  it.each([
    [['digset'], 'There is no command "digset". Did you mean "digest"?'],
    [['weather'], 'There is no command "weather". "groundswell --help" lists them.'],
    [['constructor'], 'There is no command "constructor".'],
    [['--loud'], 'There is no command "--loud".'],
    [['digest', 'a/b', '--pubilsh'], "Unknown option '--pubilsh'. Did you mean --publish?"],
    [['digest', 'a/b', '--loud'], "Unknown option '--loud'. See the command with --help."],
    [['digest', 'a/b', '-x'], "Unknown option '-x'. See the command with --help."],
    [['digest', 'a/b', '--week'], "Option '-w, --week <value>' argument missing."],
    [['digest', 'a/b', '--publish=maybe'], "Option '--publish' does not take an argument."],
    [['digest', 'a/b', '--format', 'pdf'], 'Expected one of: md, json'],
    [['digest'], 'Missing required positional argument: REPOSITORY'],
    [['fail', 'now'], "Unexpected argument 'now'."],
  ])('%j', async (rawArgs, message) => {
    const { exitCode, ran, out, error } = await run(...rawArgs)
    expect(error).toContain(message)
    expect(error).not.toMatch(/\n {4}at /)
    expect({ exitCode, ran, out }).toEqual({ exitCode: 1, ran: [], out: '' })
  })
})

describe('a command that fails', () => {
  it('tells the person what to mend, without a stack', async () => {
    const { exitCode, error } = await run('fail', '--kindly')
    expect({ exitCode, error }).toEqual({
      exitCode: 1,
      error: 'That is no week. Use one like 2026-W47.\n',
    })
  })

  it('tells the operator where, for all else', async () => {
    const { exitCode, error } = await run('fail')
    expect(exitCode).toBe(70)
    expect(error).toMatch(
      /^groundswell stopped because of an error of its own\.\nError: boom\n {4}at /,
    )
  })
})
