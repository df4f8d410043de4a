import type { RepositoryConfiguration } from '../config/repository.ts'
import type { Deps } from '../src/deps.ts'
import { repositoryUrl } from '../src/github/repository-url.ts'
import type { Place } from '../src/report/place.ts'
import type { TrackedRepository } from '../src/store/repositories.ts'

/** Where a text about this repository will stand. */
export function placeOf(
  repository: TrackedRepository,
  { timezone }: RepositoryConfiguration,
  { github }: Pick<Deps, 'github'>,
): Place {
  return {
    fullName: `${repository.ownerLogin}/${repository.name}`,
    url: repositoryUrl(github, repository),
    zone: timezone,
    docsUrl: null,
    appLogin: 'groundswell',
  }
}
