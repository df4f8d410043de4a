/** What a fork is to upstream. "unrelated" calls itself one, and shares nothing. */
export type ForkState =
  | 'gone'
  | 'unrelated'
  | 'hard fork'
  | 'contributing'
  | 'diverged'
  | 'patched'
  | 'untouched'
  | 'mirror'
  | 'synced'

/** What is known of one fork; null for what is not. */
export interface ForkFacts {
  /** GitHub does not show it any more: deleted, made private or blocked */
  gone: boolean
  createdAt: Date | null
  pushedAt: Date | null
  /** of the default branch, against upstream's */
  ahead: number | null
  behind: number | null
  /** of all branches that were looked at */
  originalCommits: number | null
  /** false: the histories have no commit in common */
  hasCommonAncestor: boolean | null
  /** without a common ancestor: patches that both have show where it came from, or that it began as a copy */
  sharesPatches: boolean | null
  /** called otherwise than upstream; a name that only had a number added is not its own */
  hasOwnName: boolean | null
  releases: number | null
  /** issues and pull requests of its own */
  threads: number | null
  /** people other than its owner whose pull requests it merged */
  outsideContributors: number | null
  /** pull requests from it to upstream; never, if null */
  upstreamPullRequests: { open: number; lastOpenedAt: Date } | null
}

/** A state, and what of the rule was met, for whoever asks why. */
export interface ExplainedForkState {
  state: ForkState
  because: string
}

const daysContributing = 365
const daysFresh = 30
const commitsDiverged = 10
const signsOfOwnLife = 2
const dayMs = 86_400_000

/**
 * The state of a fork at an instant: the first rule that is met.
 *
 * | state | rule |
 * | - | - |
 * | gone | GitHub does not show it any more |
 * | unrelated | no commit and no patch in common with upstream, and not begun as a copy of it |
 * | hard fork | original commits or a history rewritten, and two of: releases, issues or pull requests, contributors and a name of its own |
 * | contributing | a pull request to upstream that is open, or was opened in the last 365 days |
 * | diverged | ten original commits or more, or a history rewritten |
 * | patched | one to nine original commits |
 * | untouched | never pushed to since it was made; where pushes are unknown, nothing of its own and behind |
 * | mirror | not ahead, and pushed to in the last 30 days; where pushes are unknown, level with upstream |
 * | synced | all else: it follows, and what it is ahead by are merges, or upstream has it in another form |
 *
 * @returns null where too little is known to tell
 */
export function forkState(facts: ForkFacts, at: Date): ExplainedForkState | null {
  const { originalCommits, hasCommonAncestor, sharesPatches } = facts
  if (facts.gone) return { state: 'gone', because: 'GitHub does not show it any more' }
  const isRewritten = hasCommonAncestor === false
  if (isRewritten && sharesPatches === false) {
    return {
      state: 'unrelated',
      because: 'it has no commit and no patch of upstream, and is no copy of it',
    }
  }
  const hasOwnWork = isRewritten || (originalCommits ?? 0) > 0
  const signs = ownLife(facts)
  if (hasOwnWork && signs.length >= signsOfOwnLife) {
    return { state: 'hard fork', because: `it has ${signs.join(', ')}` }
  }
  return contributing(facts, at) ?? ownWork(facts) ?? following(facts, at)
}

/**
 * Whether a fork is called otherwise than upstream: GitHub puts a number behind
 * the name of somebody's second fork.
 *
 * @param fullName the fork's `owner/name`
 */
export function isOwnName(fullName: string, upstreamName: string): boolean {
  const name = fullName.slice(fullName.indexOf('/') + 1).toLowerCase()
  const upstream = upstreamName.toLowerCase()
  const rest = name.startsWith(upstream) ? name.slice(upstream.length) : null
  return rest === null || !/^(?:-\d+)?$/.test(rest)
}

function ownLife(facts: ForkFacts): string[] {
  const { releases, threads, outsideContributors, hasOwnName } = facts
  return [
    ...((releases ?? 0) > 0 ? ['releases'] : []),
    ...((threads ?? 0) > 0 ? ['issues or pull requests'] : []),
    ...((outsideContributors ?? 0) > 0 ? ['contributors'] : []),
    ...(hasOwnName === true ? ['a name of its own'] : []),
  ]
}

function contributing(
  { upstreamPullRequests: opened }: ForkFacts,
  at: Date,
): ExplainedForkState | null {
  if (opened === null) return null
  if (opened.open > 0) return { state: 'contributing', because: 'it has an open pull request' }
  return isWithinDays(opened.lastOpenedAt, at, daysContributing)
    ? { state: 'contributing', because: 'it opened a pull request in the last year' }
    : null
}

function ownWork({ originalCommits, hasCommonAncestor }: ForkFacts): ExplainedForkState | null {
  if (hasCommonAncestor === false) {
    return { state: 'diverged', because: 'its history was written anew' }
  }
  const commits = originalCommits ?? 0
  if (commits === 0) return null
  return {
    state: commits >= commitsDiverged ? 'diverged' : 'patched',
    because: `it has ${commits} original ${commits === 1 ? 'commit' : 'commits'}`,
  }
}

function following(facts: ForkFacts, at: Date): ExplainedForkState | null {
  const { createdAt, pushedAt, ahead, behind, originalCommits } = facts
  const isDated = createdAt !== null && pushedAt !== null
  if (isDated && pushedAt <= createdAt) {
    return { state: 'untouched', because: 'it was never pushed to' }
  }
  // From here on what is its own decides, and it must be known that there is nothing.
  if (ahead === null || behind === null || originalCommits === null) return null
  if (ahead > 0) {
    return { state: 'synced', because: 'upstream has all that it is ahead by, or it is merges' }
  }
  if (isDated) {
    return isWithinDays(pushedAt, at, daysFresh)
      ? { state: 'mirror', because: 'it follows upstream, and was pushed to lately' }
      : { state: 'synced', because: 'it followed upstream after it was made' }
  }
  return behind === 0
    ? { state: 'mirror', because: 'it is what upstream is' }
    : { state: 'untouched', because: 'it has nothing of its own, and is behind' }
}

function isWithinDays(instant: Date, at: Date, days: number): boolean {
  return at.getTime() - instant.getTime() < days * dayMs
}
