import type { Deps } from '../src/deps.ts'
import { repositoryNamed, type TrackedRepository } from '../src/store/repositories.ts'
import type { ConfigurationFile } from './configuration-check.ts'

/** The same file, with a word on `roll-up` where it names a repository that the App cannot post in. */
export async function withRollUpLookedUp(
  file: ConfigurationFile,
  { ownerLogin, installationId }: TrackedRepository,
  { db }: Pick<Deps, 'db'>,
): Promise<ConfigurationFile> {
  const { rollUp } = file
  if (rollUp === null) return file
  const home = await repositoryNamed(db, ownerLogin, rollUp.name)
  if (home !== null && home.installationId === installationId && !home.archived) return file
  const { line, name } = rollUp
  const fault = { code: 'no roll-up there', owner: ownerLogin, name } as const
  return { ...file, shortcomings: [...file.shortcomings, { line, fault }] }
}
