import { z } from 'zod'
import type { Deps } from '../src/deps.ts'
import { type Week, weekAfter, weekNamed } from '../src/metrics/window.ts'
import type { Outcome } from '../src/publish/publisher.ts'
import { wasRollUpWanted } from '../src/store/organization-digests.ts'
import { isPaused } from '../src/store/pauses.ts'
import { publishableRepository, type TrackedRepository } from '../src/store/repositories.ts'
import { composeRollUp, isRollUpHome, type RollUp } from './compose-roll-up.ts'
import { configurationOf, weekRuleOf } from './configuration.ts'

export const payload = z.object({ repositoryId: z.int(), week: z.string() })

/** Of the publication: the issue that tells of all repositories of an owner. */
export const rollUpKind = 'roll-up'

/** Composes what all repositories did in a week, and posts it. A retry composes again, and edits or keeps it. */
export async function publishRollUp(
  { repositoryId, week: name }: z.output<typeof payload>,
  deps: Deps,
): Promise<void> {
  const { db, defaults, log } = deps
  const home = await publishableRepository(db, repositoryId)
  if (home === null || (await isPaused(db, repositoryId))) return
  const configuration = configurationOf(home, defaults)
  const week = weekNamed(name, weekRuleOf(configuration))
  if (week === null || !isRollUpHome(home, configuration)) return
  const composed = await composeRollUp(home, week, deps)
  if (composed === null) {
    log.info({ repository: repositoryId, week: name }, 'A quiet week everywhere: no roll-up')
    return
  }
  await postRollUp(home, { week, composed }, deps)
}

/** Posts it by the rules of the repository's digest, but always as an issue. */
export async function postRollUp(
  home: TrackedRepository,
  { week, composed }: { week: Week; composed: RollUp },
  { db, defaults, publisher, log }: Deps,
): Promise<Outcome> {
  const { digest, postsPerDay } = configurationOf(home, defaults)
  const fields = { repository: home.id, week: week.name }
  const edits = digest.mode === 'edit'
  if (edits && (await wasRollUpWanted(db, home.id, { from: weekAfter(week).name }))) {
    return { state: 'left', why: 'a later one is there' }
  }
  const { title, body, others } = composed
  const outcome = await publisher.publish({
    ...{ repository: home, kind: rollUpKind, key: edits ? 'current' : week.name },
    target: { type: 'issue', title, label: digest.label },
    ...{ body, others, budget: postsPerDay },
  })
  if (!edits && 'thread' in outcome) {
    await publisher.closeEarlier(home, rollUpKind, week.name)
  }
  if (outcome.state === 'nowhere') log.warn({ ...fields, ...outcome }, 'A roll-up has no place')
  else log.info({ ...fields, ...outcome }, 'Published a roll-up')
  return outcome
}
