import type { ProjectHistory } from '../metrics/history.ts'
import type { Window } from '../metrics/window.ts'
import type { Database } from './database.ts'
import { readHistory } from './history.ts'
import type { PeopleOverrides } from './people.ts'
import { whenRolledUp } from './roll-up.ts'
import { tellingResponses } from './threads.ts'
import { type Basis, keepMeasures, keptMeasures, type Measures } from './week-measures.ts'

interface Series<Name extends string> {
  repositoryId: number
  week: Window
  /** the weeks to compare it with */
  earlier: readonly Window[]
  overrides: PeopleOverrides
  /** a week to compare with, from a history of that week alone; it must not look at anything later */
  measure: (history: ProjectHistory, week: Window) => Measures<Name>
  /** changes whenever `measure` does */
  measuredBy: string
}

/**
 * What is made of the history of a week, and of what earlier ones were measured
 * as: that is done once, and then kept until something is recorded that could
 * change it. Of what was said before the week, the threads hold what tells how
 * long they waited, see `tellingResponses`.
 *
 * @param make pure, and quick: nobody else reads this repository's weeks meanwhile
 */
export async function weekInSeries<Name extends string, Made extends { measures: Measures<Name> }>(
  db: Database,
  { repositoryId, week, earlier, overrides, measure, measuredBy }: Series<Name>,
  make: (history: ProjectHistory, earlier: Measures<Name>[]) => Made,
): Promise<Made> {
  return await whenRolledUp(db, { repositoryId, overrides }, async (trx) => {
    const historyOf = async (window: Window) =>
      await readHistory(
        trx,
        { repositoryId, window, since: window.from, overrides },
        tellingResponses,
      )
    const history = await historyOf(week)
    const { isKnownFromBeginning, completeness } = history
    const by = JSON.stringify([measuredBy, { ...overrides, hidden: [] }])
    const basis: Basis = { by, isKnownFromBeginning, completeness }
    const keep = async (window: Window, measures: Measures<Name>) =>
      await keepMeasures(trx, { repositoryId, week: window, basis, measures })
    const kept = await keptMeasures<Name>(trx, { repositoryId, weeks: [...earlier, week], basis })
    const measured: Measures<Name>[] = []
    for (const [index, window] of earlier.entries()) {
      const measures = kept[index] ?? measure(await historyOf(window), window)
      if (kept[index] === null) await keep(window, measures)
      measured.push(measures)
    }
    const made = make(history, measured)
    // Next week this one is to compare with, unless only a part of it is known.
    const { trackedSince } = completeness
    const isWhole = trackedSince !== null && trackedSince <= week.from
    if (isWhole && kept.at(-1) === null) await keep(week, made.measures)
    return made
  })
}
