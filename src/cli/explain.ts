import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { defineCommand } from 'citty'
import { UserError } from '../errors.ts'
import { explainedGroupOf } from '../events/account-group.ts'
import {
  type ExplainedAccount,
  groupReason,
  renderExplainedAccounts,
} from '../report/explained-accounts.ts'
import type { CommandAnswer } from './commands.ts'

export const command = defineCommand({
  meta: {
    name: 'explain',
    description: 'Say what accounts are taken for, who counts as the same person, and why',
  },
  args: {
    login: {
      type: 'positional',
      description: 'logins on GitHub; - reads them from standard input, one a line',
      required: true,
    },
    repository: {
      type: 'string',
      description: 'owner/name; every repository that knows them if left out',
    },
    apart: {
      type: 'string',
      description: 'a login or signature that is somebody else, whatever speaks for it',
    },
    together: { type: 'string', description: 'a login or signature that is the same person' },
    format: { type: 'enum', options: ['md', 'json'], default: 'md', description: 'md or json' },
  },
  run: async ({ args }) => {
    const { repository = null, apart, together, format } = args
    const logins = (await Promise.all(args._.map(loginsOf))).flat()
    if (logins.length === 0) {
      throw new UserError('No login was given. Name some, or write one a line to standard input.')
    }
    if (apart !== undefined && together !== undefined) {
      throw new UserError('--apart and --together say the opposite: give one of them.')
    }
    const said = apart ?? together
    const decision =
      said === undefined
        ? null
        : ({ say: apart === undefined ? 'together' : 'apart', of: loginIn(said) } as const)
    const request = { command: 'explain', logins, repository, decision } as const
    const needsStore = repository !== null || decision !== null
    const answer =
      needsStore || mayKnowMore() ? await (await import('./ask.ts')).ask(request) : bare(logins)
    process.stdout.write(
      `${format === 'json' ? JSON.stringify(answer.data, null, 2) : answer.text}\n`,
    )
  },
})

/** From the logins alone: what type GitHub gives the accounts is not asked for. */
function bare(logins: readonly string[]): CommandAnswer {
  const data = logins.map((login): ExplainedAccount => {
    const { group, reason } = explainedGroupOf({ login, type: 'User' })
    return { login, kind: group, reason: groupReason(reason) }
  })
  return { text: renderExplainedAccounts(data), data }
}

/** An App is set up here, and has a database: opening one for the sake of a list would make one. */
function mayKnowMore(): boolean {
  const { APP_ID, DATABASE_URL, DATA_DIR = '.groundswell' } = process.env
  return Boolean(APP_ID) && (Boolean(DATABASE_URL) || existsSync(join(DATA_DIR, 'database')))
}

async function loginsOf(argument: string): Promise<string[]> {
  const lines = argument === '-' ? (await text(process.stdin)).split(/\r?\n/) : [argument]
  return lines.map(loginIn).filter((line) => line !== '')
}

function loginIn(line: string): string {
  return line.trim().replace(/^@/, '')
}
