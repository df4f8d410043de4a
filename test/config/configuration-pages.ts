import { stringify } from 'yaml'
import { repositorySchema } from '../../config/repository-schema.ts'

/** What both pages need of the JSON Schema of one option. */
interface Described {
  description?: string
  default?: unknown
  enum?: unknown[]
  deprecated?: boolean
  properties?: Record<string, Described | boolean>
}

type Options = [name: string, option: Described][]

/** Options as the file has them, without those that are old names. */
function optionsOf({ properties = {} }: Described): Options {
  return Object.entries(properties).flatMap(([name, option]) =>
    typeof option === 'object' && option.deprecated !== true ? [[name, option]] : [],
  )
}

// as: what zod makes of a schema of ours holds these as we gave them
const options = optionsOf(repositorySchema() as Described)

function isSection({ properties }: Described): boolean {
  return properties !== undefined
}

/** In one line, and so that an older YAML reads the same. */
function inYaml(value: unknown): string {
  return stringify(value, {
    collectionStyle: 'flow',
    compat: 'yaml-1.1',
    flowCollectionPadding: false,
    lineWidth: 0,
  }).trim()
}

/** `config/defaults.yml`: every option with its value, under what it says. */
export function defaultsFile(): string {
  const written = options.map(([name, option]) =>
    isSection(option)
      ? [
          ...comment(option, ''),
          `${name}:`,
          ...optionsOf(option).flatMap((each) => inFile(each, '  ')),
        ]
      : inFile([name, option], ''),
  )
  return `${[wrapped(heading, '# '), ...written].map((lines) => lines.join('\n')).join('\n\n')}\n`
}

const heading = [
  'What Groundswell does where nobody says otherwise.',
  "Copy what you want to differ into .github/groundswell.yml of a repository, or of the organisation's .github repository for all of its repositories. docs/configuration.md says more. This file and that page are made from config/repository-options.ts.",
]

function inFile([name, option]: Options[number], indent: string): string[] {
  return [...comment(option, indent), `${indent}${name}: ${inYaml(option.default)}`]
}

function comment(option: Described, indent: string): string[] {
  return wrapped([said(option)], `${indent}# `)
}

/** What an option says of itself, and its values where it does not name them all. */
function said({ description = '', enum: choices = [] }: Described): string {
  const values = choices.map((value) => `\`${String(value)}\``)
  return values.every((value) => description.includes(value))
    ? description
    : `${description} One of ${values.join(', ')}.`
}

/** Paragraphs in lines of 80 characters. */
function wrapped(paragraphs: readonly string[], prefix: string): string[] {
  return paragraphs.flatMap((paragraph, index) => {
    const lines: string[] = []
    for (const [word] of paragraph.matchAll(/(?:`[^`]*`|\S)+/g)) {
      const last = lines.at(-1)
      if (last !== undefined && `${last} ${word}`.length <= 80) {
        lines[lines.length - 1] = `${last} ${word}`
      } else {
        lines.push(`${prefix}${word}`)
      }
    }
    return index === 0 ? lines : [prefix.trimEnd(), ...lines]
  })
}

/** `docs/configuration.md`: what can be set, and how. */
export function configurationPage(): string {
  return `${[
    beginning,
    '## Options',
    ...options.map(([name, option]) =>
      [
        `### \`${name}\``,
        said(option),
        isSection(option) ? table(optionsOf(option)) : `Default: \`${inYaml(option.default)}\`.`,
      ].join('\n\n'),
    ),
  ].join('\n\n')}\n`
}

function table(rows: Options): string {
  return [
    '| Option | Default | |',
    '| - | - | - |',
    ...rows.map(
      ([name, option]) => `| \`${name}\` | \`${inYaml(option.default)}\` | ${said(option)} |`,
    ),
  ].join('\n')
}

const beginning = `# Configuration

What a repository can set in \`.github/groundswell.yml\`. Everything has a default, so there need not be
such a file. The options below, \`config/defaults.yml\` and the schema for editors are made from
\`config/repository-options.ts\`, and a test fails when they are not. What the server itself is told is in
[operating.md](operating.md#settings).

## Where it stands

Three files make one configuration, the later ones over the earlier:

1. \`config/defaults.yml\`, which belongs to Groundswell;
2. \`.github/groundswell.yml\` of the organisation's repository \`.github\`, for all of its repositories;
3. \`.github/groundswell.yml\` of the repository itself.

The files on the default branches count. A value replaces the one before it. Lists of people are joined;
where two files put somebody into different groups, the later one counts. Of \`organizations\` and
\`areas\` each name is taken from the last file that has it, and areas of the repository itself are tried
first.

## When it holds mistakes

A mistake is shown as a check on the pull request or commit that made it, with the line and what to do,
and what was valid before stays in force. [operating.md](operating.md#configuration-of-a-repository)
says when the check is which color. A name that an option had before, or has elsewhere, is still read,
and told.

The file is YAML 1.2 in UTF-8, of at most 64 KB. Anchors and a few aliases are read, merge keys
(\`<<\`) are not. An empty file, and one of comments only, says nothing and is fine.

## In an editor

\`config/repository.schema.json\` is a JSON Schema: with it, an editor completes options, explains them and
marks mistakes. A server with a \`PUBLIC_URL\` has the same at \`/docs/groundswell.schema.json\`, for the
version that runs there. The first line of the file names it:

\`\`\`yaml
# yaml-language-server: $schema=https://groundswell.your-lab.example/docs/groundswell.schema.json
timezone: America/New_York
week-start: sunday
\`\`\`

The extension of Visual Studio Code for YAML by Red Hat and other editors with yaml-language-server read
that line; for Groundswell it is a comment. In place of an address it may give a path from the file, such
as \`groundswell.schema.json\` for a copy beside it. Time zones, and names that are said twice, only the
check can judge.

## Weeks, days and clocks

A week begins at midnight in \`timezone\`, on the day that \`week-start\` says. It is called by the number of
the ISO week that its Monday lies in: \`2026-W47\` is 16 to 22 November 2026 from Monday on, 15 to 21 from
Sunday, 14 to 20 from Saturday. So names are the same for everybody, and a digest's heading has the days.

The digest comes on \`digest.day\` at \`digest.time\`, and tells of the last week that is over by then: on a
Monday, with weeks from Sunday, of the one that ended on Saturday. What was missed is caught up once.

A change of \`week-start\` moves the border at once. No week is posted twice for it, but the days between
the old border and the new are told twice, or not at all, in the one digest after the change. Older
weeks, which a digest compares with, are counted anew by the new border, and so is a digest that is
written anew because somebody wants to be named no more.

Where clocks go forward over \`digest.time\`, the digest comes an hour later that day, which
\`/groundswell status\` says before; where they go back over it, it comes the first time. Quiet hours are
hours on the clock, however long they take. Where clocks go forward at midnight, the day and the week
begin with the first minute after it.`
