import { z } from 'zod'
import type { Problem } from '../config/problem.ts'
import { type PartialConfiguration, readConfiguration } from '../config/repository.ts'
import { configurationPath } from '../src/deliveries/want-configuration-check.ts'
import type { Deps } from '../src/deps.ts'
import { fileText } from '../src/github/configuration-file.ts'
import type { Check } from '../src/publish/publisher.ts'
import { keepConfiguration, publishableRepository } from '../src/store/repositories.ts'
import { type KeptConfiguration, keptConfiguration } from './configuration.ts'

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
  const at = now()
  const octokit = await github.installation({
    installationId: repository.installationId,
    repositoryId: repository.id,
    purpose: 'configuration',
  })
  const { ownerLogin: owner } = repository
  const read = async (name: string): Promise<Source> => {
    return sourceOf(await fileText(octokit, { owner, name, path: configurationPath, ref: null }))
  }
  const own = await read(repository.name)
  const organisation = repository.name === '.github' ? nothing : await read('.github')

  // Each file that is invalid leaves its own last valid version in force, not the other's.
  const before = keptConfiguration(repository)
  const configuration: KeptConfiguration = {
    organisation:
      organisation.problems.length > 0 ? before.organisation : organisation.configuration,
    repository: own.problems.length > 0 ? before.repository : own.configuration,
  }
  const problem = own.problems[0] ?? organisation.problems[0]
  const where = own.problems.length > 0 ? '' : `${owner}/.github, `
  await keepConfiguration(db, repositoryId, {
    at,
    configuration,
    problem: problem ? `${where}line ${problem.line}: ${problem.message} ${problem.remedy}` : null,
  })
  if (problem !== undefined) {
    log.warn({ repository: repositoryId, line: problem.line }, 'Configuration is invalid')
  }
  if (sha !== null && own.exists) await publisher.check(repository, checkOf(sha, own.problems))
}

interface Source {
  exists: boolean
  configuration: PartialConfiguration | null
  problems: Problem[]
}

const nothing: Source = { exists: false, configuration: null, problems: [] }

const tooLarge: Problem = {
  path: configurationPath,
  line: 1,
  column: 1,
  message: 'The file is larger than 1 MB.',
  remedy: 'Keep only the options that differ.',
}

function sourceOf(text: string | 'too large' | null): Source {
  if (text === null) return nothing
  if (text === 'too large') return { exists: true, configuration: null, problems: [tooLarge] }
  const read = readConfiguration(text, configurationPath)
  return 'problems' in read
    ? { exists: true, configuration: null, problems: read.problems }
    : { exists: true, configuration: read.configuration, problems: [] }
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
