import type { GitHub } from '../github.ts'
import { owner, repository } from './cast.ts'
import type { StoryClock } from './clock.ts'
import { type Deed, type Happening, weekMinutes } from './happening.ts'
import { Stage } from './stage.ts'

export interface Performance {
  github: GitHub
  clock: StoryClock
  happenings: readonly Happening[]
  weeks: number
  /** resolves when the App has done all that it wants to do */
  idle: () => Promise<void>
  /** does what the App's own schedule would do on a Monday morning, and waits for it */
  postDigests: (week: number) => Promise<void>
  /** told at the end of each week, 1 for the first */
  onWeek: (week: number) => void
}

const installedAt = 8 * 60

/** Plays the story from the installation of the App on. Returns the numbers of the threads by their names. */
export async function play(performance: Performance): Promise<ReadonlyMap<string, number>> {
  const { github, clock, happenings, weeks, idle, postDigests, onWeek } = performance
  const stage = new Stage(github, repository)
  clock.moveTo(installedAt)
  await github.install(owner)
  await idle()
  for (let week = 0; week < weeks; week += 1) {
    const due = 9 * 60 + week * weekMinutes
    const ofWeek = happenings.filter(({ at }) => Math.floor(at / weekMinutes) === week)
    const early = ofWeek.filter(({ at }) => at < due)
    await playAll(early, stage, performance)
    if (week > 0) await postingDigests(week - 1)
    await playAll(ofWeek.slice(early.length), stage, performance)
    await idle()
    onWeek(week + 1)
  }
  await postingDigests(weeks - 1)
  return stage.numbers

  async function postingDigests(week: number) {
    clock.moveToDigestOf(week)
    await postDigests(week)
  }
}

async function playAll(
  happenings: readonly Happening[],
  stage: Stage,
  { clock, idle }: Pick<Performance, 'clock' | 'idle'>,
): Promise<void> {
  const underWay: Promise<void>[] = []
  for (const { at, deed } of happenings) {
    clock.moveTo(Math.max(at, installedAt))
    const done = stage.perform(deed)
    if (unwaited.has(deed.kind)) underWay.push(done)
    else await done
    if (!makesTheAppWrite(deed, stage)) continue
    await Promise.all(underWay.splice(0))
    await idle()
  }
  await Promise.all(underWay)
}

/** What these change, they change at once; only the news of it travels, and may do so together. */
const unwaited: ReadonlySet<Deed['kind']> = new Set<Deed['kind']>([
  'fork',
  'star',
  'unstar',
  'comment',
  'review',
  'close-issue',
  'push-to-pull-request',
])

/** Then it gets the time to do so at that very hour. */
function makesTheAppWrite(deed: Deed, stage: Stage): boolean {
  switch (deed.kind) {
    case 'open-pull-request':
      return deed.fromFork && !deed.draft
    case 'mark-ready':
    case 'merge':
      return stage.isFromFork(deed.thread)
    case 'comment':
      return deed.says.includes('/groundswell')
    case 'configure':
      return true
    default:
      return false
  }
}
