import type { GroupReason } from '../events/account-group.ts'
import { phrase, serialise, table } from './markdown.ts'
import { strangerCode } from './stranger-text.ts'

/** An account, what it was taken for, and why in words. */
export interface ExplainedAccount {
  login: string
  kind: 'human' | 'bot' | 'ai'
  reason: string
}

const kinds = { human: 'person', bot: 'bot', ai: 'AI agent' }

/** Why an account is in its group, for a person. */
export function groupReason(reason: GroupReason): string {
  switch (reason.by) {
    case 'configuration':
      return 'the configuration says so'
    case 'known agent':
      return `the list of AI agents has this login, of ${reason.agent}`
    case 'account type':
      return 'GitHub calls it a bot'
    case 'bot mark':
      return 'the login ends in [bot], as of GitHub Apps only'
    case 'known bot':
      return 'the list of known bots has this login'
    case 'name':
      return `the login says so: "${reason.part}"`
    case 'nothing automatic':
      return 'looks like a person: on no list, and nothing in the login says otherwise'
  }
}

/** Explained accounts as a Markdown table. */
export function renderExplainedAccounts(accounts: readonly ExplainedAccount[]): string {
  return serialise([
    table(
      [null, null, null],
      [
        ['Login', 'Kind', 'Why'],
        ...accounts.map(({ login, kind, reason }) => [
          phrase`${strangerCode(login, 'a login')}`,
          kinds[kind],
          reason,
        ]),
      ],
    ),
  ]).trimEnd()
}
