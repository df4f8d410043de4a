import type { RepositoryConfiguration } from '../config/repository.ts'
import type { Deps } from '../src/deps.ts'
import type { Status } from '../src/report/answers.ts'
import { faultInLine } from '../src/report/configuration-fault.ts'
import { type DigestFailure, openReason } from '../src/report/digest-failure.ts'
import { digestReason } from '../src/report/digest-reason.ts'
import { digestStandings } from '../src/store/digest-checks.ts'
import type { TrackedRepository } from '../src/store/repositories.ts'
import { latestSendings, type Sending } from '../src/store/sendings.ts'
import { destinationOf } from './destination.ts'

/** Where the latest digest is, and which of its places it does not reach. */
export async function digestStanding(
  repository: TrackedRepository,
  configuration: Pick<RepositoryConfiguration, 'digest' | 'language'>,
  { db, environment }: Pick<Deps, 'db' | 'environment'>,
): Promise<Pick<Status, 'lastDigest' | 'digestProblems'>> {
  const { digest } = configuration
  const latest = await latestSendings(db, repository.id)
  const problems = digest.to.map((place) => {
    const destination = destinationOf(place, repository, environment.channels)
    if (destination.kind === 'none') {
      return { place, problem: faultInLine(destination.fault, configuration) }
    }
    const sending = latest.find(({ channel }) => channel === place)
    const failure = sending?.sentAt === null ? sending.failure : null
    if (failure === null) return null
    // What a channel answered is for whoever runs the server; it may name addresses.
    const isOpen = destination.kind !== 'channel'
    return { place, problem: isOpen ? digestReason(failure, configuration) : null }
  })
  const known = problems.filter((problem) => problem !== null)
  const standings = await digestStandings(db)
  const failures = standings.find(({ repositoryId }) => repositoryId === repository.id)?.failures
  const others = (failures ?? []).filter(
    (failed) => !known.some(({ place }) => place === failed.place),
  )
  return {
    lastDigest: lastOf(
      latest.toSorted((a, b) => digest.to.indexOf(a.channel) - digest.to.indexOf(b.channel)),
    ),
    digestProblems: [
      ...known,
      ...others.map((failed) => ({ place: failed.place, problem: said(failed, configuration) })),
    ],
  }
}

/** The newest; of several places the one that can be led to. */
function lastOf(latest: readonly Sending[]): Status['lastDigest'] {
  const [last] = latest
    .flatMap(({ week, sentAt, url }) => (sentAt === null ? [] : [{ week, postedAt: sentAt, url }]))
    .toSorted(
      (a, b) => b.week.localeCompare(a.week) || Number(b.url !== null) - Number(a.url !== null),
    )
  return last ?? null
}

function said(
  failed: DigestFailure,
  { language }: Pick<RepositoryConfiguration, 'language'>,
): string | null {
  const reason = openReason(failed)
  return reason === null ? null : digestReason(reason, { language })
}
