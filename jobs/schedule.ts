import type { Schedule } from '../src/queue.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/**
 * How often each tick comes. A tick works out from the clock and our tables
 * what is due, so one that is missed loses nothing, and one too many does nothing.
 */
export const schedules: readonly Schedule[] = [
  { name: 'sweep', everyMs: minuteMs },
  { name: 'schedule-digests', everyMs: 5 * minuteMs },
  { name: 'recover-deliveries', everyMs: 10 * minuteMs },
  { name: 'schedule-reconciliations', everyMs: hourMs },
  { name: 'schedule-forks', everyMs: hourMs },
  { name: 'sync-installations', everyMs: 6 * hourMs },
  { name: 'housekeep', everyMs: 24 * hourMs },
]
