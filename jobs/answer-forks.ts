import type { Deps } from '../src/deps.ts'
import { weekAfter, weekOf } from '../src/metrics/window.ts'
import { renderForkNetwork } from '../src/report/fork-answer.ts'
import type { Place } from '../src/report/place.ts'
import type { TrackedRepository } from '../src/store/repositories.ts'
import { configurationOf, weekRuleOf } from './configuration.ts'
import { forkNetworkOf } from './fork-network.ts'

const dayMs = 24 * 60 * 60_000
const daysShown = 28

/** The answer to `/groundswell forks`, from what is known: nothing is asked of GitHub for it. */
export async function forksAnswer(
  repository: TrackedRepository,
  place: Place,
  { db, defaults, now }: Pick<Deps, 'db' | 'defaults' | 'now'>,
): Promise<string> {
  const at = now()
  const configuration = configurationOf(repository, defaults)
  const asked = {
    window: { from: new Date(at.getTime() - daysShown * dayMs), to: at },
    week: weekAfter(weekOf(at, weekRuleOf(configuration)), -1),
    areas: configuration.areas,
  }
  return renderForkNetwork(await forkNetworkOf(repository, asked, { db }), place)
}
