import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Fault } from './fault.ts'
import { toProblems } from './problem.ts'
import { readYaml, type YamlSource } from './yaml-source.ts'

/** Places outside of GitHub that a digest may go to; only whoever runs the server can name them. */
export interface Channels {
  /** by `kind:name`, as a repository's configuration names them */
  readonly named: ReadonlyMap<string, Channel>
  /** null: no mail can be sent */
  readonly smtp: Readonly<MailServer> | null
}

export type Channel = Readonly<{ id: string; for: readonly string[] }> &
  (
    | Readonly<{ kind: 'slack' | 'discord'; webhook: string }>
    | Readonly<{ kind: 'mail'; to: readonly string[] }>
  )

export interface MailServer {
  /** `smtp://…` or `smtps://…`, with the password in it */
  url: string
  /** `Groundswell <groundswell@example.org>` */
  from: string
}

const noChannels: Channels = Object.freeze({ named: new Map(), smtp: null })

/**
 * Reads the file that `CHANNELS_PATH` names. Faults say the line and never
 * quote a value: addresses of webhooks are secrets.
 */
export function readChannels(path: string | undefined): { channels: Channels; faults: string[] } {
  if (path === undefined) return { channels: noChannels, faults: [] }
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    const fault = `CHANNELS_PATH: "${path}" cannot be read. Give the path of a YAML file that this process may read.`
    return { channels: noChannels, faults: [fault] }
  }
  return parseChannels(text, path)
}

function parseChannels(text: string, path: string): { channels: Channels; faults: string[] } {
  const source = readYaml(text, path)
  if ('faults' in source) {
    const faults = source.faults.map(({ line, fault }) => at(path, line, inEnglish(fault)))
    return { channels: noChannels, faults }
  }
  const read = File.safeParse(source.valueAt([]) ?? {})
  return read.success
    ? { channels: toChannels(read.data), faults: [] }
    : { channels: noChannels, faults: read.error.issues.flatMap((issue) => told(issue, source)) }
}

function at(path: string, line: number, what: string): string {
  return `CHANNELS_PATH: ${path}, line ${line}: ${what}`
}

function told(issue: z.core.$ZodIssue, source: YamlSource): string[] {
  if (issue.code === 'unrecognized_keys') {
    return toProblems([issue], source, knownNames).map(({ line, fault }) =>
      at(source.path, line, inEnglish(fault)),
    )
  }
  const subject = issue.path.length === 0 ? 'The file' : issue.path.map(String).join('.')
  return [at(source.path, source.at(issue.path).line, `${subject} ${issue.message}.`)]
}

/** For whoever runs the server, who is told at start. */
function inEnglish(fault: Fault): string {
  if (fault.code === 'unknown option') {
    const { option, guess, known } = fault
    const meant = guess === null ? '' : ` Did you mean "${guess}"?`
    return `There is no option "${option}".${meant} Options here: ${known.join(', ')}.`
  }
  const why = fault.code === 'syntax' ? fault.mistake : fault.code
  return `This cannot be read: ${why}. Compare it with the example in docs/operating.md.`
}

function toChannels({
  slack = {},
  discord = {},
  mail = {},
  smtp,
}: z.output<typeof File>): Channels {
  const channels: Channel[] = [
    ...Object.entries(slack).map(([name, given]) => webhook('slack', name, given)),
    ...Object.entries(discord).map(([name, given]) => webhook('discord', name, given)),
    ...Object.entries(mail).map(([name, given]) => ({
      id: `mail:${name}`,
      kind: 'mail' as const,
      ...given,
    })),
  ]
  const named = new Map(channels.map((channel) => [channel.id, Object.freeze(channel)]))
  return Object.freeze({ named, smtp: smtp === undefined ? null : Object.freeze(smtp) })
}

function webhook(
  kind: 'slack' | 'discord',
  name: string,
  given: { webhook: string; for: string[] },
): Channel {
  return { id: `${kind}:${name}`, kind, ...given }
}

const audience = z
  .array(
    z
      .string('is an owner, or owner/name')
      .regex(/^[\w-]+(?:\/[\w.-]+)?$/, 'is an owner, or owner/name')
      .toLowerCase(),
    'lists the owners and repositories that may use it, like [example-lab, other-lab/engine]',
  )
  .min(1, 'lists at least one owner or repository that may use it')

const onThisMachine = /^http:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?\//

const webhookAddress = z
  .string('is the address of a webhook')
  .refine(
    (text) => (URL.canParse(text) && text.startsWith('https://')) || onThisMachine.test(text),
    'is the address of a webhook, which begins with https://',
  )

const Webhook = z.strictObject(
  { webhook: webhookAddress, for: audience },
  'holds "webhook" and "for"',
)

const mailAddress = z.email('is an e-mail address')

const Mail = z.strictObject(
  {
    to: z
      .array(mailAddress, 'lists e-mail addresses')
      .min(1, 'lists at least one e-mail address')
      .max(50, 'lists at most 50 e-mail addresses: a mailing list serves more'),
    for: audience,
  },
  'holds "to" and "for"',
)

const Smtp = z.strictObject(
  {
    url: z
      .string('is the address of a mail server')
      .refine(
        (text) => /^smtps?:\/\//.test(text) && URL.canParse(text),
        'is the address of a mail server, like smtps://user:password@mail.example.org',
      ),
    from: z
      .string('is who mail comes from')
      .regex(
        /^(?:[^<>\r\n"]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
        'is who mail comes from, like "Groundswell <groundswell@example.org>"',
      ),
  },
  'holds "url" and "from"',
)

function named<Schema extends z.ZodType>(schema: Schema) {
  const name = z.string().regex(/^[a-z\d][a-z\d-]{0,39}$/)
  return z
    .record(name, schema, {
      error: ({ code }) =>
        code === 'invalid_key'
          ? 'has a name of small letters, digits and hyphens'
          : 'holds channels, each under a name of its own',
    })
    .optional()
}

const sections = { slack: Webhook, discord: Webhook, mail: Mail, smtp: Smtp }

const File = z
  .strictObject(
    {
      slack: named(Webhook),
      discord: named(Webhook),
      mail: named(Mail),
      smtp: Smtp.optional(),
    },
    'holds slack, discord, mail and smtp',
  )
  .superRefine(({ mail, smtp }, context) => {
    if (mail === undefined || smtp !== undefined) return
    const message = 'needs a mail server: add "smtp" with "url" and "from"'
    context.addIssue({ code: 'custom', path: ['mail'], message })
  })

function knownNames([section, ...rest]: readonly PropertyKey[]): string[] {
  if (section === undefined) return Object.keys(sections)
  const found = Object.entries(sections).find(([name]) => name === section)
  const depth = section === 'smtp' ? 0 : 1
  return found === undefined || rest.length !== depth ? [] : Object.keys(found[1].shape)
}
