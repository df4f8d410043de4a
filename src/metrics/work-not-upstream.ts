/** What is known of a fork's work that upstream does not have. */
export interface UnsentWork {
  fork: string
  originalCommits: number
  /** when the latest of them was committed */
  lastAt: Date
  /** people who wrote them */
  authors: number
  /** other forks that work on the same, independently; see `forkThemes` */
  agreeing: number
  /** a pull request of it is open: maintainers know of it */
  offered: boolean
}

/** Work with how much maintainers would want to know of it, and what that is made of. */
export interface RankedWork extends UnsentWork {
  interest: number
  parts: { commits: number; authors: number; agreement: number; freshness: number }
}

/** What each doubling of a number adds. Several forks that want the same say more than one large fork. */
const interestWeights = { commits: 1, authors: 1.5, agreement: 2 } as const
/** Vendored code and imports come in thousands of commits; more than this adds nothing. */
const mostCommits = 255
const daysToHalf = 90
const whenOffered = 0.5
const dayMs = 86_400_000

/**
 * Work that is not upstream, what maintainers would most want to know of
 * first: (log2(1 + commits) + 1.5 log2(1 + authors) + 2 log2(1 + agreeing
 * forks)), halved for every 90 days since the last commit, and once more where
 * a pull request is open already. It orders work for reading, not people: the
 * number is not shown.
 */
export function workNotUpstream(works: readonly UnsentWork[], at: Date): RankedWork[] {
  return works
    .filter(({ originalCommits }) => originalCommits > 0)
    .map((work) => ranked(work, at))
    .toSorted((a, b) => b.interest - a.interest || (a.fork < b.fork ? -1 : 1))
}

function ranked(work: UnsentWork, at: Date): RankedWork {
  const days = Math.max(0, at.getTime() - work.lastAt.getTime()) / dayMs
  const parts = {
    commits: interestWeights.commits * doublings(Math.min(work.originalCommits, mostCommits)),
    authors: interestWeights.authors * doublings(work.authors),
    agreement: interestWeights.agreement * doublings(work.agreeing),
    freshness: 0.5 ** (days / daysToHalf),
  }
  const whole = (parts.commits + parts.authors + parts.agreement) * parts.freshness
  return { ...work, interest: work.offered ? whole * whenOffered : whole, parts }
}

function doublings(count: number): number {
  return Math.log2(1 + count)
}
