import { type ParseArgsConfig, parseArgs } from 'node:util'
import type { ArgsDef } from 'citty'
import { nearest } from '../../config/nearest.ts'
import { UserError } from '../errors.ts'

/**
 * Refuses options that a command does not have, options without their value
 * and arguments where none are taken. citty takes them all in silence, so a
 * mistyped `--dry-rnu` would publish.
 * @throws UserError
 */
export function checkArguments(rawArgs: readonly string[], args: ArgsDef): void {
  const positionals = Object.values(args).some(({ type }) => type === 'positional')
  const options = Object.entries(args).flatMap(([name, arg]) =>
    arg.type === 'positional' ? [] : [[name, toOption(arg)] as const],
  )
  try {
    parseArgs({
      args: [...rawArgs],
      options: Object.fromEntries(options),
      strict: true,
      allowNegative: true,
      allowPositionals: positionals,
    })
  } catch (error) {
    if (!isParseError(error)) throw error
    throw new UserError(
      explain(
        error,
        options.map(([name]) => name),
      ),
    )
  }
}

type Option = NonNullable<ParseArgsConfig['options']>[string]

function toOption(arg: ArgsDef[string]): Option {
  const aliases = 'alias' in arg && arg.alias !== undefined ? [arg.alias].flat() : []
  const short = aliases.find((alias) => alias.length === 1)
  return {
    type: arg.type === 'boolean' ? 'boolean' : 'string',
    ...(short !== undefined && { short }),
  }
}

function isParseError(error: unknown): error is Error & { code: string } {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('ERR_PARSE_ARGS_')
  )
}

/** Node adds advice for programmers after the first sentence. */
function explain({ code, message }: { code: string; message: string }, known: string[]): string {
  const [sentence = message] = message.split(/\.\s/, 1)
  const [, unknown = ''] = /'--?([^']*)'/.exec(message) ?? []
  const guess = code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? nearest(unknown, known) : null
  const remedy = guess === null ? 'See the command with --help.' : `Did you mean --${guess}?`
  return `${sentence.replace(/\.$/, '')}. ${remedy}`
}
