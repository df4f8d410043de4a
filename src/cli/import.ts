import { parseArgs } from 'node:util'
import { defineCommand } from 'citty'
import { UserError } from '../errors.ts'
import { renderArchiveImport } from '../report/archive-import.ts'
import { asking } from './ask.ts'
import { importArchive } from './import-archive.ts'
import { progressLine } from './progress-line.ts'

export const command = defineCommand({
  meta: {
    name: 'import',
    description: 'Add history from files of the public event archive (gharchive.org)',
  },
  args: {
    source: { type: 'positional', description: 'gharchive', required: true },
    file: {
      type: 'positional',
      description: 'files such as 2026-01-31-15.json.gz, compressed or not; - reads standard input',
      required: true,
    },
    repository: {
      type: 'string',
      description:
        'owner/name, again and again for several; all that the App is installed on if left out',
    },
    format: { type: 'enum', options: ['md', 'json'], default: 'md', description: 'md or json' },
  },
  run: async ({ args, rawArgs }) => {
    const [source, ...files] = args._
    if (source !== 'gharchive') {
      throw new UserError(
        `There is nothing to import from ${JSON.stringify(source)}. Write: groundswell import gharchive <file>`,
      )
    }
    const line = progressLine(process.stderr)
    const told = await asking(
      async (ask) =>
        await importArchive(files, { named: repositoriesIn(rawArgs), ask, onProgress: line.show }),
    ).finally(line.end)
    process.stdout.write(
      `${args.format === 'json' ? JSON.stringify(told, null, 2) : renderArchiveImport(told)}\n`,
    )
    if (told.files.some(({ cutShort }) => cutShort)) process.exitCode = 1
  },
})

/** Of an option that is given several times, citty keeps one. */
function repositoriesIn(rawArgs: readonly string[]): string[] {
  const options = { repository: { type: 'string', multiple: true } } as const
  return (
    parseArgs({ args: [...rawArgs], options, strict: false }).values.repository?.map(String) ?? []
  )
}
