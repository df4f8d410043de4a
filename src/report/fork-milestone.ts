import type { ForkMilestone } from '../metrics/fork-milestone.ts'
import type { ForkNetworkReport } from '../metrics/fork-network.ts'
import { projected } from './fork-answer.ts'
import { join, paragraph, serialise, sub } from './markdown.ts'
import type { Place } from './place.ts'
import { wordsOf } from './words/language.ts'

/** The title of the issue that tells of a milestone. */
export function forkMilestoneTitle(milestone: number, place: Place): string {
  return wordsOf(place).forks.milestoneNote.title(milestone)
}

/** What a fork network is like as it passes a round number. */
export function renderForkMilestone(
  { milestone, passedAt, before, days, isSeen, projection }: ForkMilestone,
  { withWork }: Pick<ForkNetworkReport, 'withWork'>,
  place: Place,
): string {
  const { forks, formats } = wordsOf(place)
  const { milestoneNote: words } = forks
  const sentences = [
    words.passed(milestone, formats.date(passedAt, place.zone)),
    ...(days === null ? [] : [words.step({ before, days: Math.round(days), isSeen })]),
    ...(withWork === null ? [] : [words.withWork(withWork)]),
    ...(projection === null ? [] : [projected(projection, place)]),
  ]
  return serialise([paragraph(join(sentences, formats.between)), sub(words.why)])
}
