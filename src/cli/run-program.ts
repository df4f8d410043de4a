import { stripVTControlCharacters } from 'node:util'
import { type CommandMeta, renderUsage, runCommand, type SubCommandsDef } from 'citty'
import { nearest } from '../../config/nearest.ts'
import { UserError } from '../errors.ts'
import { checkArguments } from './check-arguments.ts'

/** A citty command, whatever its arguments. */
type Command = Exclude<Awaited<SubCommandsDef[string]>, () => unknown>

export interface Program {
  meta: CommandMeta & { name: string; version: string }
  subCommands: Record<string, () => Promise<Command>>
}

export interface Output {
  write(text: string): unknown
  isTTY?: boolean
}

/** As `sysexits.h` has it: an error inside the program. */
const internalError = 70

/**
 * Runs one command line to its end and gives the exit code: 1 for what the
 * person can mend, told in plain words; 70 for what only we can, with its
 * stack. citty's own runner prints stacks for both, ignores unknown options,
 * and leaves the process.
 */
export async function runProgram(
  program: Program,
  rawArgs: readonly string[],
  { out, error }: { out: Output; error: Output },
): Promise<number> {
  try {
    await dispatch(program, rawArgs, out)
    return 0
  } catch (failure) {
    write(error, describe(failure, program.meta.name))
    return isForPerson(failure) ? 1 : internalError
  }
}

async function dispatch(program: Program, rawArgs: readonly string[], out: Output): Promise<void> {
  const [name, ...rest] = rawArgs
  if (name === '--help' || name === '-h') return write(out, await renderUsage(program))
  if (name === '--version' || name === '-v') return write(out, program.meta.version)
  if (name === undefined) throw new UserError(stripFormat(await renderUsage(program)))

  const command = await commandNamed(name, program)
  if (asksForHelp(rest)) return write(out, await renderUsage(command, program))
  checkArguments(rest, await resolved(command.args ?? {}))
  await runCommand(command, { rawArgs: rest })
}

async function commandNamed(name: string, { meta, subCommands }: Program): Promise<Command> {
  const load = Object.hasOwn(subCommands, name) ? subCommands[name] : undefined
  if (load === undefined) {
    const guess = nearest(name, Object.keys(subCommands))
    const remedy = guess === null ? '' : ` Did you mean "${guess}"?`
    throw new UserError(
      `There is no command ${JSON.stringify(name)}.${remedy} "${meta.name} --help" lists them.`,
    )
  }
  const command = await load()
  return { ...command, meta: { name, ...(await resolved(command.meta ?? {})) } }
}

async function resolved<Value extends object>(
  value: Value | Promise<Value> | (() => Value | Promise<Value>),
): Promise<Value> {
  return typeof value === 'function' ? value() : value
}

function asksForHelp(rawArgs: readonly string[]): boolean {
  const end = rawArgs.indexOf('--')
  const flags = end === -1 ? rawArgs : rawArgs.slice(0, end)
  return flags.includes('--help') || flags.includes('-h')
}

/** citty does not export its error class, which it throws for arguments that are missing or wrong. */
function isForPerson(failure: unknown): failure is Error {
  return failure instanceof UserError || (failure instanceof Error && failure.name === 'CLIError')
}

function describe(failure: unknown, name: string): string {
  if (isForPerson(failure)) return failure.message
  const details = failure instanceof Error ? failure.stack : String(failure)
  return `${name} stopped because of an error of its own.\n${details}`
}

function write(output: Output, text: string): void {
  output.write(`${output.isTTY ? text : stripFormat(text)}\n`)
}

function stripFormat(text: string): string {
  return stripVTControlCharacters(text)
}
