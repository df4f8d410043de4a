import type { RootContent } from 'mdast'
import type { GroupReason } from '../events/account-group.ts'
import { date } from './dates.ts'
import type { ExplainedAccounts } from './json/explained-accounts.ts'
import {
  code,
  heading,
  type Inline,
  join,
  list,
  paragraph,
  phrase,
  serialise,
  table,
} from './markdown.ts'
import { number, unknown } from './numbers.ts'
import { strangerCode, strangerText } from './stranger-text.ts'

/** An account, what it was taken for, and why in words; with what the store knows, where it was asked. */
export type ExplainedAccount = ExplainedAccounts[number]

type Place = NonNullable<ExplainedAccount['repositories']>[number]
type Somebody = Place['keptApart'][number]

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

/** Explained accounts as a Markdown table, and below it what the store knows of each. */
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
    ...accounts.flatMap(({ login, repositories = [] }) =>
      repositories.flatMap((place) => explainedIn(login, place)),
    ),
  ]).trimEnd()
}

function explainedIn(login: string, place: Place): RootContent[] {
  const { repository, members, keptApart, suggestions } = place
  return [
    heading(2, strangerText(login, 'a login'), ' in ', strangerText(repository, 'a repository')),
    paragraph(standing(place)),
    ...(members.length === 0 ? [] : [membersOf(place)]),
    ...(keptApart.length === 0
      ? []
      : [paragraph('Kept apart, since somebody said so: ', join(keptApart.map(named), ', '), '.')]),
    ...(suggestions.length === 0
      ? []
      : [
          paragraph('Perhaps the same person, and not counted as one:'),
          list(suggestions.map((other) => phrase`${named(other)}: ${weak[other.by]}`)),
        ]),
  ]
}

const weak = {
  name: 'the same name, elsewhere or where it could be another account',
  'local-part': 'the same before the @',
}

function standing({ inside, insideAt, insideBy, organization }: Place): Inline {
  const works =
    organization === null ? '' : phrase` Works for ${strangerText(organization, unknown)}.`
  const last = insideAt === null ? '' : date(insideAt, 'UTC')
  switch (insideBy) {
    case 'configuration':
      return phrase`Inside: the configuration says so.${works}`
    case 'nothing':
      return phrase`Outside: GitHub never called them a member, owner or collaborator.${works}`
    case 'GitHub':
      return inside
        ? phrase`Inside: GitHub called them a member, owner or collaborator, last on ${last}.${works}`
        : phrase`Outside: GitHub called them a member, owner or collaborator until ${last}.${works}`
  }
}

function membersOf({ members }: Place): RootContent {
  return table(
    [null, 'right', null],
    [
      ['Counts as them', 'Commits', 'Because'],
      ...members.map((member) => [
        named(member),
        number(member.commits),
        members.length === 1 ? 'alone' : member.by.map((by) => strong[by]).join('; '),
      ]),
    ],
  )
}

const strong = {
  account: "GitHub's number, in a noreply address or for a commit",
  login: "GitHub's login, in a noreply address or for a commit",
  name: 'the same full name in this repository',
  mailmap: 'the .mailmap of this repository',
  person: 'somebody said so',
}

function named({ login, signature, domain }: Somebody): Inline {
  if (signature === null) return phrase`account ${strangerCode(login ?? unknown, unknown)}`
  const of = domain === null ? '' : phrase`, ${strangerCode(domain, 'a domain')}`
  // Ours, and to be copied: nothing invisible may be in it.
  return phrase`signature ${code(signature)}${of}`
}
