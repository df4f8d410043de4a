import { UserError } from '../errors.ts'
import type { Window } from '../metrics/window.ts'
import { instantNamed } from './report-range.ts'

const usualDays = 28
const dayMs = 24 * 60 * 60_000

/**
 * Which window of a repository on GitHub `--from` and `--to` name: by default
 * the last four weeks. Revisions are for clones.
 * @throws UserError for what is no date or instant, and for ends that are the wrong way round
 */
export function reportWindow(given: { from: string | null; to: string | null }, now: Date): Window {
  const to = boundOf('--to', given.to) ?? now
  const from = boundOf('--from', given.from) ?? new Date(to.getTime() - usualDays * dayMs)
  if (from >= to) {
    throw new UserError(
      `--from ${from.toISOString()} is not before --to ${to.toISOString()}. Swap them, or move one.`,
    )
  }
  if (from > now) {
    throw new UserError(`--from ${given.from} lies in the future. Nothing has happened there yet.`)
  }
  return { from, to }
}

function boundOf(option: string, text: string | null): Date | null {
  if (text === null) return null
  const instant = instantNamed(option, text)
  if (instant !== null) return instant
  throw new UserError(
    `${option}: ${JSON.stringify(text)} is no date and no instant. Write 2026-11-16 or 2026-11-16T09:00:00Z. Revisions can be named for a clone only.`,
  )
}
