import { existsSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { defineCommand } from 'citty'
import { UserError } from '../errors.ts'
import { forksOfClone } from './forks-of-clone.ts'
import type { ForkNetworkComparison } from './forks-of-repository.ts'
import { progressLine } from './progress-line.ts'

export const command = defineCommand({
  meta: {
    name: 'forks',
    description:
      'Say what forks have made that a git clone or a repository on GitHub does not have',
  },
  args: {
    of: {
      type: 'positional',
      description: 'the folder of a git clone, or owner/name on GitHub',
      required: true,
    },
    fork: {
      type: 'string',
      description: 'of a clone: the folder or address of a fork, again and again for several',
    },
    limit: {
      type: 'string',
      description: 'on GitHub: so many forks are compared, those pushed to last (300)',
    },
    root: {
      type: 'boolean',
      description:
        'on GitHub: of a repository that is a fork itself, take what its network began with',
    },
    this: {
      type: 'boolean',
      description: 'on GitHub: take the repository that is named, also where it is a fork itself',
    },
    format: { type: 'enum', options: ['md', 'json'], default: 'md', description: 'md or json' },
  },
  run: async ({ args, rawArgs }) => {
    const { of, format } = args
    if (args._.length > 1) {
      throw new UserError(
        `One folder or repository at a time: ${args._.length} were named. Write --fork before each fork.`,
      )
    }
    const forks = forksIn(rawArgs)
    const repository = repositoryNamed(of, forks)
    const now = new Date()
    const told =
      repository === null
        ? await ofClone(of, { forks, given: args, now })
        : await ofRepository({ ...repository, ...choicesIn(args) }, now)
    process.stdout.write(
      format === 'json'
        ? `${JSON.stringify(told.forks, null, 2)}\n`
        : `${await markdownOf(told, now)}\n`,
    )
  },
})

/** Of an option that is given several times, citty keeps one. */
function forksIn(rawArgs: readonly string[]): string[] {
  const options = { fork: { type: 'string', multiple: true } } as const
  return parseArgs({ args: [...rawArgs], options, strict: false }).values.fork?.map(String) ?? []
}

/** The repository on GitHub that an argument names; null for a folder, which wins where both are possible. */
function repositoryNamed(
  of: string,
  forks: readonly string[],
): { owner: string; name: string } | null {
  const [, owner, name] = /^([\w-][\w.-]*)\/([\w.-]+)$/.exec(of) ?? []
  if (existsSync(of) || owner === undefined || name === undefined) return null
  if (forks.length === 0) return { owner, name }
  throw new UserError(
    `There is no folder ${JSON.stringify(of)}. Forks that are named with --fork are compared with a clone; without --fork, all forks of ${of} on GitHub are.`,
  )
}

interface Choices {
  limit?: string | undefined
  root?: boolean | undefined
  this?: boolean | undefined
}

const mostCompared = 300

function choicesIn({ limit, root, this: itself }: Choices) {
  if (root && itself) {
    throw new UserError('--root and --this exclude each other. Give one of them, or none.')
  }
  if (limit !== undefined && !/^[1-9]\d{0,5}$/.test(limit)) {
    throw new UserError(
      `--limit ${JSON.stringify(limit)} is no number of forks. Give a whole number from 1 to 999999.`,
    )
  }
  return {
    limit: limit === undefined ? mostCompared : Number(limit),
    which: root ? 'root' : itself ? 'this' : null,
  } as const
}

type Told = Pick<ForkNetworkComparison, 'name' | 'forks'> & {
  network: ForkNetworkComparison['network'] | null
}

async function ofClone(
  of: string,
  { forks, given, now }: { forks: readonly string[]; given: Choices; now: Date },
): Promise<Told> {
  const other = (['limit', 'root', 'this'] as const).find((name) => given[name] !== undefined)
  if (other !== undefined) {
    throw new UserError(`--${other} is for a repository on GitHub, and ${of} is a folder.`)
  }
  if (forks.length === 0) {
    throw new UserError(
      `No fork was named. Add --fork with a folder or an address, again and again for several: groundswell forks ${of} --fork https://github.com/owner/name.git`,
    )
  }
  const compared = await withProgress((tell) => forksOfClone({ folder: of, forks }, { tell, now }))
  return { name: basename(resolve(of)), forks: compared, network: null }
}

/** Loaded only here: most of it is of no use to who asks about a clone. */
async function ofRepository(
  request: { owner: string; name: string } & ReturnType<typeof choicesIn>,
  now: Date,
): Promise<Told> {
  const { readEnvironment } = await import('../../config/environment.ts')
  const { withScratchStore: withStore } = await import('../store/scratch.ts')
  const { forksOfRepository } = await import('./forks-of-repository.ts')
  const environment = readEnvironment(process.env)
  return await withProgress((tell) =>
    forksOfRepository(request, { environment, now, tell, withStore }),
  )
}

/** On a terminal one line says how far it is; elsewhere only what is worth keeping is said. */
async function withProgress<Result>(
  work: (tell: (text: string, lasting?: 'lasting') => void) => Promise<Result>,
): Promise<Result> {
  const line = progressLine(process.stderr)
  try {
    return await work((text, lasting) => {
      if (lasting || process.stderr.isTTY) line.show(text)
      if (lasting) line.end()
    })
  } finally {
    line.end()
  }
}

/** Loaded only when it is asked for, as for a report. */
async function markdownOf({ name, forks, network }: Told, now: Date): Promise<string> {
  const { renderForkComparison } = await import('../report/fork-comparison.ts')
  return renderForkComparison({ name, forks, network }, now)
}
