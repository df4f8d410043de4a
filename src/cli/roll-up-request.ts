import { composeRollUp, isRollUpHome, type RollUp } from '../../jobs/compose-roll-up.ts'
import { configurationOf, weekRuleOf } from '../../jobs/configuration.ts'
import { placeOf } from '../../jobs/place.ts'
import { postRollUp } from '../../jobs/publish-roll-up.ts'
import { latestDueWeek } from '../../jobs/schedule-digests.ts'
import type { Deps } from '../deps.ts'
import { UserError } from '../errors.ts'
import { type Week, weekNamed } from '../metrics/window.ts'
import type { Digests } from '../report/json/digest.ts'
import { isPaused } from '../store/pauses.ts'
import type { TrackedRepository } from '../store/repositories.ts'
import type { DigestRequest } from './digest-request.ts'

interface Answer {
  text: string
  data: Digests[number]
}

/**
 * Shows what is told of all these repositories together, or posts it; null
 * where none of them is the one that tells.
 *
 * @throws UserError
 */
export async function rollUpFor(
  repositories: readonly TrackedRepository[],
  request: DigestRequest,
  deps: Deps,
): Promise<Answer | null> {
  const home = repositories.find((each) => isRollUpHome(each, configurationOf(each, deps.defaults)))
  if (home === undefined) return null
  const configuration = configurationOf(home, deps.defaults)
  const week =
    request.week === null
      ? latestDueWeek(deps.now(), configuration)
      : weekNamed(request.week, weekRuleOf(configuration))
  if (week === null) {
    throw new UserError(`--week: there is no week "${request.week}". Write it like 2026-W47.`)
  }
  const composed = await composeRollUp(home, week, deps)
  const named = { repository: home.ownerLogin, week: week.name }
  if (composed === null) {
    const text = `${named.repository}, ${named.week}: nothing happened that a digest would tell.`
    return { text, data: { ...named, digest: null } }
  }
  const { title, body } = composed
  const data = { ...named, digest: { title, body } }
  const text = `# ${title}\n\n${body}`
  if (!request.publish) return { text, data }
  const place = `issue in ${home.ownerLogin}/${home.name}`
  const outcome = await post(home, { week, composed }, deps)
  return { text: `${text}\n\n${place}: ${outcome}`, data: { ...data, sent: [{ place, outcome }] } }
}

async function post(
  home: TrackedRepository,
  posted: { week: Week; composed: RollUp },
  deps: Deps,
): Promise<string> {
  if (await isPaused(deps.db, home.id)) return 'not sent: the repository is paused'
  const outcome = await postRollUp(home, posted, deps)
  if (outcome.state === 'left') return `left as it is: ${outcome.why}`
  if (outcome.state === 'nowhere') return `not sent: ${outcome.why}`
  const { url } = placeOf(home, configurationOf(home, deps.defaults), deps)
  return `${url}/issues/${outcome.thread}`
}
