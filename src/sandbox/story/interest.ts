import { earlyForkers, experiment, passerBy } from './cast.ts'
import { dayMinutes, type Happening, weekMinutes } from './happening.ts'
import type { Seeded } from './seeded.ts'

/** By week: interest grows, peaks with the release, and sleeps through the holidays. */
const forksByWeek = [8, 9, 11, 10, 11, 12, 24, 16, 8, 14, 16, 19]
const starsByWeek = [8, 9, 14, 10, 11, 12, 32, 18, 8, 15, 17, 20]

/** Passers-by who star, fork and sometimes change something in their fork. */
export function interest(chance: Seeded): Happening[] {
  return [
    ...forksByWeek.flatMap((count, week) => times(count, (index) => fork(week, index, chance))),
    ...starsByWeek.flatMap((count, week) =>
      times(count, (index): Happening[] => [
        {
          at: someTime(week, chance),
          deed: { kind: 'star', by: passerBy(before(starsByWeek, week) + index) },
        },
      ]),
    ),
    { at: 3 * weekMinutes, deed: { kind: 'unstar', by: passerBy(2) } },
  ]
}

const trials = [
  'A key for each user',
  'Train over night',
  'Ask it for recipes',
  'Run it on our cluster',
  'Let it speak in a game',
  'Listen before it answers',
  'Move an arm',
] as const

/** Forkers are other people than most stargazers of the same week. One in six pushes within days. */
function fork(week: number, index: number, chance: Seeded): Happening[] {
  const by = passerBy(before(forksByWeek, week) + index + earlyForkers)
  const at = someTime(week, chance)
  const forked: Happening = { at, deed: { kind: 'fork', by } }
  if (chance.whole(1, 6) > 1) return [forked]
  const pushedAt = at + chance.whole(60, 6 * dayMinutes)
  const deed = {
    kind: 'push-to-fork',
    by,
    message: chance.one(trials),
    file: experiment(by),
  } as const
  return [forked, { at: pushedAt, deed }]
}

function someTime(week: number, chance: Seeded): number {
  return week * weekMinutes + chance.whole(8 * 60, weekMinutes - 60)
}

function before(counts: readonly number[], week: number): number {
  return counts.slice(0, week).reduce((sum, count) => sum + count, 0)
}

function times<Item>(count: number, make: (index: number) => Item[]): Item[] {
  return Array.from({ length: count }, (_, index) => make(index)).flat()
}
