import {
  type CompleteConfiguration,
  mergeConfiguration,
  type PartialConfiguration,
  type RepositoryConfiguration,
} from '../config/repository.ts'
import type { WeekRule } from '../src/metrics/window.ts'
import type { TrackedRepository } from '../src/store/repositories.ts'

/** What `check-configuration` keeps: both files as they were last valid. */
export interface KeptConfiguration {
  organisation: PartialConfiguration | null
  repository: PartialConfiguration | null
}

/** Both files as they were last valid; nothing where they never were. */
export function keptConfiguration({ configuration }: TrackedRepository): KeptConfiguration {
  // as: written by keepConfiguration only, from files that were valid then
  const kept = configuration as KeptConfiguration | null
  return kept ?? { organisation: null, repository: null }
}

/** What holds for a repository now. */
export function configurationOf(
  tracked: TrackedRepository,
  defaults: CompleteConfiguration,
): RepositoryConfiguration {
  const { organisation, repository } = keptConfiguration(tracked)
  return mergeConfiguration(defaults, organisation, repository)
}

/** How weeks are counted in a repository. */
export function weekRuleOf({
  timezone,
  weekStart,
}: Pick<RepositoryConfiguration, 'timezone' | 'weekStart'>): WeekRule {
  return { zone: timezone, start: weekStart }
}
