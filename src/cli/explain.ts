import { text } from 'node:stream/consumers'
import { defineCommand } from 'citty'
import { UserError } from '../errors.ts'
import { explainedGroupOf } from '../events/account-group.ts'
import {
  type ExplainedAccount,
  groupReason,
  renderExplainedAccounts,
} from '../report/explained-accounts.ts'

export const command = defineCommand({
  meta: {
    name: 'explain',
    description: 'Say whether accounts are people, bots or AI agents, and why',
  },
  args: {
    login: {
      type: 'positional',
      description: 'logins on GitHub; - reads them from standard input, one a line',
      required: true,
    },
    format: { type: 'enum', options: ['md', 'json'], default: 'md', description: 'md or json' },
  },
  run: async ({ args }) => {
    const logins = (await Promise.all(args._.map(loginsOf))).flat()
    if (logins.length === 0) {
      throw new UserError('No login was given. Name some, or write one a line to standard input.')
    }
    const accounts = logins.map(explained)
    process.stdout.write(
      `${args.format === 'json' ? JSON.stringify(accounts, null, 2) : renderExplainedAccounts(accounts)}\n`,
    )
  },
})

/** From the login alone: what type GitHub gives the account is not asked for. */
function explained(login: string): ExplainedAccount {
  const { group, reason } = explainedGroupOf({ login, type: 'User' })
  return { login, kind: group, reason: groupReason(reason) }
}

async function loginsOf(argument: string): Promise<string[]> {
  const lines = argument === '-' ? (await text(process.stdin)).split(/\r?\n/) : [argument]
  return lines.map((line) => line.trim().replace(/^@/, '')).filter((line) => line !== '')
}
