import { z } from 'zod'
import { mergeConfiguration, type RepositoryConfiguration } from '../config/repository.ts'
import { configurationPath } from '../src/deliveries/want-configuration-check.ts'
import type { Deps } from '../src/deps.ts'
import { fileText } from '../src/github/configuration-file.ts'
import { remarkInLine } from '../src/report/configuration-check.ts'
import { keepConfiguration, publishableRepository } from '../src/store/repositories.ts'
import { type KeptConfiguration, keptConfiguration } from './configuration.ts'
import {
  type ConfigurationFile,
  configurationCheck,
  configurationFile,
  noConfigurationFile,
} from './configuration-check.ts'
import { withRollUpLookedUp } from './roll-up-option.ts'

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
  const { db, defaults, environment, github, publisher, now, log } = deps
  const repository = await publishableRepository(db, repositoryId)
  if (repository === null) return
  const at = now()
  const octokit = await github.installation({
    installationId: repository.installationId,
    repositoryId: repository.id,
    purpose: 'configuration',
  })
  const { ownerLogin: owner } = repository
  const read = async (name: string) => {
    const text = await fileText(octokit, { owner, name, path: configurationPath, ref: null })
    return configurationFile(text, { repository, from: name }, environment.channels)
  }
  const own = await withRollUpLookedUp(await read(repository.name), repository, deps)
  const organisation = repository.name === '.github' ? noConfigurationFile : await read('.github')

  // Each file that is invalid leaves its own last valid version in force, not the other's.
  const before = keptConfiguration(repository)
  const configuration: KeptConfiguration = {
    organisation:
      organisation.problems.length > 0 ? before.organisation : organisation.configuration,
    repository: own.problems.length > 0 ? before.repository : own.configuration,
  }
  const there = mergeConfiguration(defaults, configuration.organisation, configuration.repository)
  const problem = firstOf('problems', { own, organisation, owner }, there)
  const notice = firstOf('notices', { own, organisation, owner }, there)
  await keepConfiguration(db, repositoryId, { at, configuration, problem, notice })
  if (problem !== null) log.warn({ repository: repositoryId }, 'Configuration is invalid')
  if (sha !== null && own.exists) {
    await publisher.check(repository, configurationCheck(own, { sha, isProposed: false }, there))
  }
}

interface Files {
  own: ConfigurationFile
  organisation: ConfigurationFile
  owner: string
}

/** The first remark in one line, with the place where it is not the repository's own file. */
function firstOf(
  kind: 'problems' | 'notices',
  { own, organisation, owner }: Files,
  there: Pick<RepositoryConfiguration, 'language'>,
): string | null {
  const file = own[kind].length > 0 ? null : `${owner}/.github`
  const [first] = [...own[kind], ...organisation[kind]]
  return first === undefined ? null : remarkInLine(first, file, there)
}
