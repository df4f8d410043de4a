import { UserError } from '../errors.ts'
import type { CommitRange } from '../git/read-history.ts'
import { commitNamed, committedAt, type GitRepository } from '../git/repository.ts'

/** What `--from` and `--to` mean in one repository. */
export interface ReportRange extends CommitRange {
  /** the revisions as given; null for an instant, a date or nothing */
  revisions: { from: string | null; to: string | null }
  /** of the commits that bound the range; null where it is bounded otherwise */
  bounds: { from: Date | null; to: Date | null }
}

type Bound = { instant: Date } | { revision: string; sha: string; committedAt: Date } | null

const day = /^\d{4}-\d{2}-\d{2}$/
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/

/**
 * Reads `--from` and `--to`: a date (the midnight UTC that begins it), an instant
 * with its offset, or a revision.
 * @throws UserError for what is none of these, and for ends that are the wrong way round
 */
export async function reportRange(
  repository: GitRepository,
  { from, to }: { from: string | null; to: string | null },
): Promise<ReportRange> {
  const [first, end, head] = await Promise.all([
    boundOf(repository, '--from', from),
    boundOf(repository, '--to', to),
    commitNamed(repository, 'HEAD'),
  ])
  const tip = end !== null && 'sha' in end ? end.sha : head
  if (tip === null) {
    throw new UserError(
      `${JSON.stringify(repository.folder)} has no commits on its current branch. Commit something, or name a revision with --to.`,
    )
  }
  const range = {
    tip,
    base: first !== null && 'sha' in first ? first.sha : null,
    from: first !== null && 'instant' in first ? first.instant : null,
    to: end !== null && 'instant' in end ? end.instant : null,
    revisions: { from: revisionOf(first), to: revisionOf(end) },
    bounds: { from: timeOf(first), to: timeOf(end) },
  }
  if (range.from !== null && range.to !== null && range.from >= range.to) {
    throw new UserError(`--from ${from} is not before --to ${to}. Swap them, or move one.`)
  }
  return range
}

async function boundOf(
  repository: GitRepository,
  option: string,
  text: string | null,
): Promise<Bound> {
  if (text === null) return null
  const named = instantNamed(option, text)
  if (named !== null) return { instant: named }
  const sha = await commitNamed(repository, text)
  if (sha === null) {
    throw new UserError(
      `${option}: ${JSON.stringify(text)} is no date, no instant and no revision of ${JSON.stringify(repository.folder)}. Write 2026-11-16, 2026-11-16T09:00:00Z, or a tag, branch or commit that git log knows there.`,
    )
  }
  return { revision: text, sha, committedAt: await committedAt(repository, sha) }
}

/**
 * The instant that a date (the midnight UTC that begins it) or an instant with
 * its offset names; null for a text that is neither.
 * @throws UserError for a time that there is not: a Date takes 30 February for 2 March
 */
export function instantNamed(option: string, text: string): Date | null {
  if (!day.test(text) && !instant.test(text)) return null
  const date = new Date(text)
  const midnight = new Date(`${text.slice(0, 'yyyy-mm-dd'.length)}T00:00:00Z`)
  if (Number.isNaN(date.getTime()) || !isSameDay(midnight, text)) {
    throw new UserError(`${option}: there is no such time as ${text}. Write it like 2026-11-16.`)
  }
  return date
}

function isSameDay(midnight: Date, text: string): boolean {
  return !Number.isNaN(midnight.getTime()) && text.startsWith(midnight.toISOString().slice(0, 10))
}

function revisionOf(bound: Bound): string | null {
  return bound !== null && 'revision' in bound ? bound.revision : null
}

function timeOf(bound: Bound): Date | null {
  return bound !== null && 'sha' in bound ? bound.committedAt : null
}
