import type { RepositoryConfiguration } from '../config/repository.ts'
import type { Deps } from '../src/deps.ts'
import { withNamedAreas } from '../src/metrics/named-areas.ts'
import { projectReport } from '../src/metrics/project-report.ts'
import { renderPersonReport, renderProjectReport } from '../src/report/report-answers.ts'
import { accountNamed, contributorHistory } from '../src/store/contributor.ts'
import { projectHistory } from '../src/store/history.ts'
import type { TrackedRepository } from '../src/store/repositories.ts'
import { placeOf } from './place.ts'

const dayMs = 24 * 60 * 60_000
const reportDays = 28

/** The answer to `/groundswell report`: four weeks of the project, beside the four before. */
export async function projectAnswer(
  repository: TrackedRepository,
  configuration: RepositoryConfiguration,
  deps: Deps,
): Promise<string> {
  const { db, now } = deps
  const window = { from: new Date(now().getTime() - reportDays * dayMs), to: now() }
  const history = await projectHistory(db, {
    repositoryId: repository.id,
    window: { from: new Date(window.from.getTime() - reportDays * dayMs), to: window.to },
    since: window.from,
    overrides: configuration.people,
  })
  return renderProjectReport(
    projectReport(history, window),
    placeOf(repository, configuration, deps),
  )
}

/**
 * The answer to `/groundswell report login`. Somebody who asked not to appear
 * is not shown to others, maintainers included.
 */
export async function personAnswer(
  { login, askerId }: { login: string; askerId: number },
  repository: TrackedRepository,
  configuration: RepositoryConfiguration,
  deps: Deps,
): Promise<string> {
  const { db, now } = deps
  const place = placeOf(repository, configuration, deps)
  const account = await accountNamed(db, login)
  const found =
    account === null
      ? null
      : await contributorHistory(db, {
          repositoryId: repository.id,
          accountId: account.id,
          before: { number: 0, createdAt: now() },
          overrides: configuration.people,
        })
  const history = found === null ? null : withNamedAreas(found.history, configuration.areas)
  return found?.history.person.hidden && account?.id !== askerId
    ? renderPersonReport(login, null, place)
    : renderPersonReport(login, history, place)
}
