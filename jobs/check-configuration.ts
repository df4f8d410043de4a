import { z } from 'zod'
import type { Problem } from '../config/problem.ts'
import { type PartialConfiguration, readConfiguration } from '../config/repository.ts'
import { configurationPath } from '../src/deliveries/want-configuration-check.ts'
import type { Deps } from '../src/deps.ts'
import { fileText } from '../src/github/configuration-file.ts'
import type { Check } from '../src/publish/publisher.ts'
import { keepConfiguration, publishableRepository } from '../src/store/repositories.ts'
import type { KeptConfiguration } from './configuration.ts'

export const payload = z.object({
  repositoryId: z.int(),
  /** the commit that brought it, to be told on; null: only read it */
  sha: z.string().nullable(),
})

/** Reads the configuration again. A retry reads the same files and sets the same check. */
export async function checkConfiguration(
  { repositoryId, sha }: z.output<typeof payload>,
  deps: Deps,
): Promise<void> {
  const { db, github, publisher, now, log } = deps
  const repository = await publishableRepository(db, repositoryId)
  if (repository === null) return
  const octokit = await github.installation(repository.installationId)
  const { ownerLogin: owner } = repository
  const read = async (name: string): Promise<Source> => {
    const text = await fileText(octokit, { owner, name, path: configurationPath, ref: null })
    return { text, ...sourceOf(text) }
  }
  const own = await read(repository.name)
  const organisation = repository.name === '.github' ? nothing : await read('.github')

  const problem = own.problems[0] ?? organisation.problems[0]
  const at = now()
  if (problem === undefined) {
    const configuration: KeptConfiguration = {
      organisation: organisation.configuration,
      repository: own.configuration,
    }
    await keepConfiguration(db, repositoryId, { at, configuration })
  } else {
    const where = `line ${problem.line}: ${problem.message} ${problem.remedy}`
    await keepConfiguration(db, repositoryId, { at, problem: where })
    log.warn({ repository: repositoryId, line: problem.line }, 'Configuration is invalid')
  }
  if (sha !== null && own.text !== null)
    await publisher.check(repository, checkOf(sha, own.problems))
}

interface Source {
  text: string | null
  configuration: PartialConfiguration | null
  problems: Problem[]
}

const nothing: Source = { text: null, configuration: null, problems: [] }

function sourceOf(text: string | null): Omit<Source, 'text'> {
  if (text === null) return nothing
  const read = readConfiguration(text, configurationPath)
  return 'problems' in read
    ? { configuration: null, problems: read.problems }
    : { configuration: read.configuration, problems: [] }
}

function checkOf(sha: string, problems: readonly Problem[]): Check {
  const valid = problems.length === 0
  return {
    sha,
    name: 'Groundswell configuration',
    conclusion: valid ? 'success' : 'failure',
    title: valid ? 'The configuration is valid' : 'The configuration is not in force',
    summary: valid
      ? 'It is in force from now on.'
      : `Until this is mended, what was valid before stays in force.\n\n${problems
          .map(({ line, message, remedy }) => `- Line ${line}: ${message} ${remedy}`)
          .join('\n')}`,
    path: configurationPath,
    problems: problems.map(({ line, message, remedy }) => ({
      line,
      message: `${message} ${remedy}`,
    })),
  }
}
