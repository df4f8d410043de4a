import type { ProjectHistory } from './history.ts'
import type { Metric } from './metric.ts'
import { ratio } from './statistics.ts'
import { isWithin, type Week, type Window, windowsBefore } from './window.ts'
import { type Work, worksOf } from './work.ts'

/**
 * Retention: of the people who contributed in the window before, the share (0
 * to 1) that contributed in this one too. CHAOSS has no metric of this name;
 * LFX Insights measures it by quarters.
 *
 * @param works reach back over the window before
 * @returns null when nobody contributed before
 */
export function retention(works: readonly Work[], window: Window | Week): number | null {
  const before = contributorsIn(works, windowBefore(window))
  const now = contributorsIn(works, window)
  return stayed(before, now)
}

/**
 * Of the people from outside whose first contribution lies in the window
 * before, the share (0 to 1) that contributed in this one too. Null when there
 * was no newcomer, and where history is not known from its beginning.
 */
export function newcomerRetention(history: ProjectHistory, window: Window | Week): number | null {
  if (!history.isKnownFromBeginning) return null
  const works = worksOf(history.activities)
  const before = windowBefore(window)
  const newcomers = contributorsIn(
    works.filter(({ outside, person }) => {
      const past = history.people.get(person.id)
      return outside && past !== undefined && isWithin(past.firstAt, before)
    }),
    before,
  )
  return stayed(newcomers, contributorsIn(works, window))
}

function contributorsIn(works: readonly Work[], window: Window): Set<string> {
  const within = works.filter(({ lastAt }) => isWithin(lastAt, window))
  return new Set(within.map(({ person }) => person.id))
}

function stayed(before: ReadonlySet<string>, now: ReadonlySet<string>): number | null {
  return ratio([...before].filter((id) => now.has(id)).length, before.size)
}

function windowBefore(window: Window | Week): Window {
  return windowsBefore(window, 1)[0] ?? window
}

export const retentionMetric: Metric = {
  name: 'Retention',
  definition:
    'Of the people who contributed in the window before, the share that contributed in this one too.',
  chaossUrl: null,
  unit: 'share',
  nullMeans: 'nobody contributed in the window before, or history does not reach back to it',
  choice:
    'CHAOSS has no metric of this name; LFX Insights takes quarters. It depends on the length of the window: quarters say more than weeks.',
  since: (window) => windowBefore(window).from,
  measure: ({ activities }, window) => retention(worksOf(activities), window),
}

export const newcomerRetentionMetric: Metric = {
  name: 'Newcomer Retention',
  definition:
    'Of the people from outside who contributed for the first time in the window before, the share that contributed in this one too.',
  chaossUrl: null,
  unit: 'share',
  nullMeans: 'there was no newcomer, or history is not known from its beginning',
  choice: 'A first contribution of any kind makes a newcomer here, not the first merge.',
  since: (window) => windowBefore(window).from,
  measure: newcomerRetention,
}
