import { IANAZone } from 'luxon'
import { z } from 'zod'

/**
 * The options of `.github/groundswell.yml`, as the file spells them. What each
 * one does is said in `defaults.yml`; the messages here complete the sentence
 * "`digest.time` …" for a person who wrote something else.
 */

const onOff = z.boolean('is either true or false')

const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

const digest = z.strictObject({
  enabled: onOff,
  day: choice(days),
  time: z
    .string('is a time of day like "09:00"')
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is a time of day like "09:00"'),
  title: line(200).refine(
    (title) =>
      [...title.matchAll(/\{([^}]*)\}/g)].every(([, name]) => /^(week|year)$/.test(`${name}`)),
    'knows the placeholders {week} and {year} only',
  ),
  label: line(50).regex(/^[^,]*$/, 'holds no comma, which GitHub puts between labels'),
  mode: choice(['new', 'edit']),
  to: z
    .array(
      text().regex(
        /^(?:issue|discussion:[^\p{Cc}\p{Zl}\p{Zp}]{1,100}|(?:slack|discord|mail):[a-z\d][a-z\d-]{0,39})$/u,
        'is issue, discussion:Category, or a channel of the server like slack:community',
      ),
      'is a list like [issue, "discussion:Announcements", "slack:community"]',
    )
    .min(1, 'names at least one place; "enabled: false" switches digests off')
    .max(10, 'names at most 10 places')
    .refine((places) => new Set(places).size === places.length, 'names each place once')
    .refine(
      (places) => places.filter((place) => place.startsWith('discussion:')).length <= 1,
      'names one category of discussions at most',
    ),
})

const pullRequests = z.strictObject({
  summaries: onOff,
  drafts: onOff,
  insiders: onOff,
  milestones: onOff,
})

const quietHours = text()
  .regex(
    /^(?:none|(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d)$/,
    'is none, or two times of day like "22:00-07:00"',
  )
  .refine((hours) => !/^(.*)-\1$/.test(hours), 'begins and ends at different times')

const rollUp = text().regex(
  /^[\w.-]{1,100}$/,
  'is none, or the name of one repository without its owner, like community',
)

const commands = z.strictObject({
  enabled: onOff,
  'report-others': choice(['write', 'triage', 'everyone']),
})

const loginMessage = 'is a GitHub login without the @, like mona or renovate[bot]'

const forks = z.strictObject({ milestones: onOff })

/** Compared without regard to case, as GitHub does; kept in lower case. */
const login = z
  .string(loginMessage)
  .regex(/^[A-Za-z\d][\w-]{0,99}(\[bot\])?$/, loginMessage)
  .toLowerCase()

const logins = z.array(login, 'is a list of GitHub logins').max(1000, 'holds at most 1,000 logins')

const people = z.strictObject({
  insiders: logins,
  bots: logins,
  ai: logins,
  humans: logins,
  hidden: logins,
})

/** Everybody has an address there. */
const mailProviders: ReadonlySet<string> = new Set([
  ...['gmail.com', 'googlemail.com', 'outlook.com', 'hotmail.com', 'live.com', 'yahoo.com'],
  ...['icloud.com', 'me.com', 'qq.com', '163.com', '126.com', 'foxmail.com', 'proton.me'],
  ...['protonmail.com', 'gmx.de', 'gmx.net', 'web.de', 'mail.ru', 'yandex.ru', 'naver.com'],
  ...['github.com', 'users.noreply.github.com'],
])

const domain = text()
  .regex(
    /^(?=.{1,253}$)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z][a-z\d-]{0,61}[a-z\d]$/i,
    'is a domain like example.org, without the @',
  )
  .toLowerCase()
  .refine((name) => !mailProviders.has(name), 'is a domain of the organisation alone')

/** Whose domains are whose; compared without regard to case, kept in lower case. */
const organizations = z
  .record(
    line(100),
    z.array(domain, 'is a list of domains').max(100, 'holds at most 100 domains'),
    {
      error: ({ code }) =>
        code === 'invalid_key'
          ? 'stands under the name of an organisation, of at most 100 characters in one line'
          : 'holds lists of domains, each under the name of an organisation',
    },
  )
  .refine((named) => Object.keys(named).length <= 200, 'holds at most 200 organisations')

/**
 * Two levels of directories are known of a change, so a third would never
 * match. More than one asterisk in a name would let a long one take long.
 */
const areaPattern = text().regex(
  /^(?=.{1,100}$)(?=[^/])[^*/{}()[\]!?|\\\p{Cc}]*\*?[^*/{}()[\]!?|\\\p{Cc}]*(?:\/(?=[^/])[^*/{}()[\]!?|\\\p{Cc}]*\*?[^*/{}()[\]!?|\\\p{Cc}]*)?(?:\/\*\*)?\/?$/u,
  'is a pattern of directories, two at most, like "csrc/**" or "src/kernels"',
)

/** What directories are called: the first name that fits holds. */
const areas = z
  .record(
    line(40),
    z
      .array(areaPattern, 'is a list of patterns like ["csrc/**"]')
      .min(1, 'holds at least one pattern')
      .max(20, 'holds at most 20 patterns'),
    {
      error: ({ code }) =>
        code === 'invalid_key'
          ? 'stands under the name of an area, of at most 40 characters in one line'
          : 'holds lists of patterns, each under the name of an area',
    },
  )
  .refine((named) => Object.keys(named).length <= 50, 'holds at most 50 areas')

/** Who somebody is taken for: a login belongs to one of these. */
export const groups = ['bots', 'ai', 'humans'] as const
export type Group = (typeof groups)[number]

/** Every option with a value: what `defaults.yml` must be. */
export const completeOptions = z.strictObject({
  timezone: text().refine(
    IANAZone.isValidZone,
    'is a time zone of the IANA list, like Europe/Berlin',
  ),
  language: choice(['en', 'zh-CN']),
  digest,
  'pull-requests': pullRequests,
  commands,
  forks,
  people,
  organizations,
  areas,
  'waiting-hours': wholeNumber(1, 8760),
  'posts-per-day': wholeNumber(0, 500),
  'quiet-hours': quietHours,
  'roll-up': rollUp,
})

const sections = { digest, 'pull-requests': pullRequests, commands, forks, people }

/** What a file may say: any option can be left out. */
export const partialOptions = z
  .strictObject(
    {
      ...completeOptions.shape,
      digest: section(digest),
      'pull-requests': section(pullRequests),
      commands: section(commands),
      forks: section(forks),
      people: section(people).superRefine(inOneGroup),
      organizations: organizations.superRefine(ofOneOrganization),
    },
    'holds options by name, like "timezone: UTC"',
  )
  .partial()

/** The names of the options that may stand below a path in the file. */
export function knownOptions(path: readonly PropertyKey[]): string[] {
  const [name] = path
  if (name === undefined) return Object.keys(completeOptions.shape)
  const found = Object.entries(sections).find(([key]) => key === name)
  return found === undefined ? [] : Object.keys(found[1].shape)
}

function section<Shape extends z.core.$ZodShape>(object: z.ZodObject<Shape, z.core.$strict>) {
  return z.strictObject(object.shape, 'holds options of its own, one a line').partial()
}

function inOneGroup(
  named: { [Name in Group]?: string[] | undefined },
  context: z.core.$RefinementCtx,
): void {
  const seen = new Set<string>()
  for (const group of groups) {
    for (const [index, member] of (named[group] ?? []).entries()) {
      if (seen.has(member)) {
        const message = `can be under one of ${groups.join(', ')} only`
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
        const message = 'can be under one organisation only'
        context.addIssue({ code: 'custom', path: [name, index], message })
      }
      seen.set(own, name)
    }
  }
}

function text() {
  return z.string('is text')
}

function line(longest: number) {
  return text()
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u, 'is one line of text')
    .regex(/\S/, 'is not blank')
    .max(longest, `has at most ${longest} characters`)
}

function choice<const Choices extends readonly string[]>(choices: Choices) {
  return z.enum(choices, `is one of ${choices.join(', ')}`)
}

function wholeNumber(least: number, most: number) {
  const message = `is a whole number from ${least} to ${most}`
  return z.int(message).min(least, message).max(most, message)
}
