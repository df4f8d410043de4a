import { z } from 'zod'
import { configurationPath } from '../src/deliveries/want-configuration-check.ts'
import type { Deps } from '../src/deps.ts'
import { failureOf } from '../src/github/failure.ts'
import { proposedText } from '../src/github/proposed-configuration.ts'
import { publishableRepository } from '../src/store/repositories.ts'
import { configurationOf } from './configuration.ts'
import { configurationCheck, configurationFile } from './configuration-check.ts'
import { withRollUpLookedUp } from './roll-up-option.ts'

export const payload = z.object({
  repositoryId: z.int(),
  number: z.int(),
  /** the commit that the pull request ended with */
  sha: z.string(),
})

/**
 * Tells on a pull request what its change of the configuration would do. None
 * of it is in force before it is merged. A retry reads the same commit and sets
 * the same check.
 */
export async function checkProposedConfiguration(
  { repositoryId, number, sha }: z.output<typeof payload>,
  { db, defaults, environment, github, publisher, log, now }: Deps,
): Promise<void> {
  const repository = await publishableRepository(db, repositoryId)
  if (repository === null) return
  const { installationId, ownerLogin: owner, name } = repository
  const purpose = 'configuration'
  const octokit = await github.installation({ installationId, repositoryId, purpose })
  const proposal = { owner, name, number, sha, path: configurationPath }
  const text = await proposedText(octokit, proposal).catch((error: unknown) => {
    const failure = failureOf(error, now())
    if (failure.kind !== 'gone' && failure.kind !== 'refused') throw error
    log.warn(
      { repository: repositoryId, number, reason: failure.reason },
      'A proposed configuration cannot be read',
    )
    return null
  })
  if (text === null) return
  const read = configurationFile(text, { repository, from: name }, environment.channels)
  const file = await withRollUpLookedUp(read, repository, { db })
  const there = configurationOf(repository, defaults)
  const check = configurationCheck(file, { sha, isProposed: true }, there)
  await publisher.check(repository, check)
  const { conclusion } = check
  log.info({ repository: repositoryId, number, conclusion }, 'Checked a proposed configuration')
}
