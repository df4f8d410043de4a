import type { RepositoryConfiguration } from '../config/repository.ts'
import type { Deps } from '../src/deps.ts'
import { repositoryUrl } from '../src/github/repository-url.ts'
import { chartsUrl, docsUrl } from '../src/public-addresses.ts'
import type { Place } from '../src/report/place.ts'
import type { TrackedRepository } from '../src/store/repositories.ts'

/** Where a text about this repository will stand. */
export function placeOf(
  repository: TrackedRepository,
  { timezone, language }: RepositoryConfiguration,
  { github, environment: { publicUrl } }: Pick<Deps, 'github' | 'environment'>,
): Place {
  return {
    fullName: `${repository.ownerLogin}/${repository.name}`,
    url: repositoryUrl(github, repository),
    language,
    zone: timezone,
    docsUrl: docsUrl(publicUrl),
    chartsUrl: chartsUrl(publicUrl, repository),
    appLogin: 'groundswell',
  }
}
