import { z } from 'zod'
import { line, option, partialSection, section, text } from './option.ts'
import { must } from './rule.ts'

const loginMessage = must({ be: 'a login' })

/** Compared without regard to case, as GitHub does; kept in lower case. */
const login = z
  .string(loginMessage)
  .regex(/^[A-Za-z\d][\w-]{0,99}(\[bot\])?$/, loginMessage)
  .toLowerCase()

const logins = z
  .array(login, must({ be: 'a list', of: 'logins' }))
  .max(1000, must({ be: 'few', of: 'logins', most: 1000 }))

/** Who somebody is taken for: a login belongs to one of these. */
export const groups = ['bots', 'ai', 'humans'] as const
export type Group = (typeof groups)[number]

export const people = section(
  {
    insiders: option(logins, {
      says: 'Count as inside, too, without being a member or collaborator.',
      default: [],
    }),
    bots: option(logins, {
      says: 'Are bots, whatever they look like. Bots, AI agents and humans are never mixed.',
      default: [],
    }),
    ai: option(logins, { says: 'Are AI agents.', default: [] }),
    humans: option(logins, { says: 'Are humans, whatever they look like.', default: [] }),
    hidden: option(logins, {
      says: 'Are counted, but never named. Whoever wants this can also say `/groundswell hide-me`.',
      default: [],
    }),
  },
  'What Groundswell gets wrong about people, by login: `[mona, "renovate[bot]"]`.',
)

export const partialPeople = partialSection(people).superRefine(inOneGroup)

/** Everybody has an address there. */
const mailProviders: ReadonlySet<string> = new Set([
  ...['gmail.com', 'googlemail.com', 'outlook.com', 'hotmail.com', 'live.com', 'yahoo.com'],
  ...['icloud.com', 'me.com', 'qq.com', '163.com', '126.com', 'foxmail.com', 'proton.me'],
  ...['protonmail.com', 'gmx.de', 'gmx.net', 'web.de', 'mail.ru', 'yandex.ru', 'naver.com'],
  ...['github.com', 'users.noreply.github.com'],
])

const domain = text()
  .regex(
    /^(?=.{1,253}$)(?:[A-Za-z\d](?:[A-Za-z\d-]{0,61}[A-Za-z\d])?\.)+[A-Za-z][A-Za-z\d-]{0,61}[A-Za-z\d]$/,
    must({ be: 'a domain' }),
  )
  .toLowerCase()
  .refine((name) => !mailProviders.has(name), must({ be: 'a domain of one organisation' }))

/** Whose domains are whose; compared without regard to case, kept in lower case. */
export const organizations = option(
  z
    .record(
      line(100),
      z
        .array(domain, must({ be: 'a list', of: 'domains' }))
        .max(100, must({ be: 'few', of: 'domains', most: 100 })),
      {
        error: ({ code }) =>
          code === 'invalid_key'
            ? must({ be: 'under a name', of: 'organisations', most: 100 })
            : must({ be: 'lists by name', of: 'organisations' }),
      },
    )
    .refine(
      (named) => Object.keys(named).length <= 200,
      must({ be: 'few', of: 'organisations', most: 200 }),
    ),
  {
    says: 'For whom people work, where the domain that they sign commits with says so: `"Example Lab": [example-lab.org, example-lab.ai]`. What is below a domain counts, too. Whoever signs with none of them works for nobody that we know of.',
    default: {},
  },
)

export const partialOrganizations = organizations.superRefine(ofOneOrganization)

function inOneGroup(
  named: { [Name in Group]?: string[] | undefined },
  context: z.core.$RefinementCtx,
): void {
  const seen = new Set<string>()
  for (const group of groups) {
    for (const [index, member] of (named[group] ?? []).entries()) {
      if (seen.has(member)) {
        const message = must({ be: 'in one group', groups })
        context.addIssue({ code: 'custom', path: [group, index], message })
      }
    }
    for (const member of named[group] ?? []) seen.add(member)
  }
}

function ofOneOrganization(
  named: Record<string, readonly string[]>,
  context: z.core.$RefinementCtx,
): void {
  const seen = new Map<string, string>()
  for (const [name, domains] of Object.entries(named)) {
    for (const [index, own] of domains.entries()) {
      const other = seen.get(own)
      if (other !== undefined && other !== name) {
        const message = must({ be: 'in one organisation' })
        context.addIssue({ code: 'custom', path: [name, index], message })
      }
      seen.set(own, name)
    }
  }
}
