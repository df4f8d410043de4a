import {
  type CompleteConfiguration,
  mergeConfiguration,
  type PartialConfiguration,
  type RepositoryConfiguration,
} from '../config/repository.ts'
import type { TrackedRepository } from '../src/store/repositories.ts'

/** What `check-configuration` keeps: both files as they were last valid. */
export interface KeptConfiguration {
  organisation: PartialConfiguration | null
  repository: PartialConfiguration | null
}

/** What holds for a repository now. */
export function configurationOf(
  { configuration }: TrackedRepository,
  defaults: CompleteConfiguration,
): RepositoryConfiguration {
  // as: written by keepConfiguration only, from files that were valid then
  const kept = configuration as KeptConfiguration | null
  return mergeConfiguration(defaults, kept?.organisation ?? null, kept?.repository ?? null)
}
