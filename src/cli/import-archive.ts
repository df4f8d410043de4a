import { UserError } from '../errors.ts'
import { type ArchivedEvent, archivedEvent, isArchivedKind } from '../events/archived-event.ts'
import type { ArchiveImport } from '../report/json/archive-import.ts'
import { archiveLines, CutShort } from './archive-lines.ts'
import type { Ask } from './ask.ts'
import { ImportedEvents, ImportRepositories } from './import-events.ts'
import { ImportTally, type LinePlace } from './import-tally.ts'

interface ImportOptions {
  /** `owner/name`; none: every repository that the App is installed on */
  named: string[]
  ask: Ask
  onProgress(text: string): void
}

/** An event to record, and where it stands. */
interface Found {
  event: ArchivedEvent
  place: LinePlace
  characters: number
}

/** Events that are recorded in one transaction: so many, or so many characters of them. */
const most = { events: 200, characters: 4_000_000 }

/**
 * Reads archive files line by line and records the events of the repositories
 * that are meant. A line that is no event is counted and left out, and a file
 * that is cut short is read as far as it goes: what is recorded twice changes
 * nothing.
 *
 * @param files see `archiveLines`
 * @throws UserError for what is no archive, before anything is recorded, and for an unknown repository
 */
export async function importArchive(
  files: readonly string[],
  { named, ask, onProgress }: ImportOptions,
): Promise<ArchiveImport> {
  for (const file of files) if (file !== '-') await refuseOther(file)
  const { data } = await ask({ command: 'import', step: 'repositories', named })
  const tally = new ImportTally(ImportRepositories.parse(data))
  let batch: Found[] = []
  let characters = 0
  for await (const found of eventsIn(files, { tally, onProgress })) {
    batch.push(found)
    characters += found.characters
    if (batch.length < most.events && characters < most.characters) continue
    await recordBatch(batch, { tally, ask })
    batch = []
    characters = 0
  }
  await recordBatch(batch, { tally, ask })
  return tally.result()
}

async function* eventsIn(
  files: readonly string[],
  { tally, onProgress }: { tally: ImportTally } & Pick<ImportOptions, 'onProgress'>,
): AsyncGenerator<Found> {
  for (const [index, file] of files.entries()) {
    const read = { file, lines: 0, cutShort: false }
    tally.addFile(read)
    const eventsBefore = tally.hours.events
    try {
      for await (const text of archiveLines(file)) {
        read.lines += 1
        const place = { file, line: read.lines }
        const event = eventIn(text, place, tally)
        if (event !== null) yield { event, place, characters: text.length }
        if (read.lines % linesBetween === 0) {
          onProgress(toldProgress({ of: [index + 1, files.length], lines: read.lines }, tally))
        }
      }
    } catch (error) {
      if (!(error instanceof CutShort)) throw error
      read.cutShort = true
    }
    if (tally.hours.events === eventsBefore) throw notAnArchive(file, read.lines)
  }
}

/** How often somebody who waits is told. */
const linesBetween = 50_000

function toldProgress(
  { of: [place, all], lines }: { of: [number, number]; lines: number },
  { events }: ImportTally,
): string {
  return `File ${place} of ${all}: ${lines.toLocaleString('en')} lines, ${events.toLocaleString('en')} events of yours so far`
}

/** Null for an event that nobody asked for, and for a line that is none, which is noted. */
function eventIn(text: string, place: LinePlace, tally: ImportTally): ArchivedEvent | null {
  if (text.trim() === '') return null
  const written = parsed(text)
  const event = archivedEvent(written)
  if (event === undefined) {
    tally.addCorrupt(place, written === undefined ? 'not JSON' : 'JSON that is no event')
    return null
  }
  tally.hours.add(event.createdAt)
  const { repositoryId } = event
  const isMeant = isArchivedKind(event.type) && tally.isWanted(repositoryId)
  return isMeant ? { ...event, repositoryId } : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function recordBatch(
  batch: readonly Found[],
  { tally, ask }: { tally: ImportTally; ask: Ask },
): Promise<void> {
  if (batch.length === 0) return
  const events = batch.map(({ event }) => event)
  const { data } = await ask({ command: 'import', step: 'record', events })
  const outcomes = ImportedEvents.parse(data)
  for (const [index, { event, place }] of batch.entries()) {
    const told = outcomes[index]
    if (told === undefined) throw new Error('The App left an event unanswered')
    if (told.outcome === 'unread') tally.addUnread(event, place, told.reason)
    else tally.addRecorded(event, told.outcome)
  }
}

/** Of these at least one is an event, or the file is something else. */
const firstLines = 20

/** @throws UserError for a file that cannot be read, that is empty, or in which nothing looks like an event */
async function refuseOther(file: string): Promise<void> {
  let lines = 0
  try {
    for await (const text of archiveLines(file)) {
      lines += 1
      if (archivedEvent(parsed(text)) !== undefined) return
      if (lines === firstLines) break
    }
  } catch (error) {
    if (!(error instanceof CutShort)) throw unreadable(file, error)
    throw new UserError(`${file}: is cut short before its first event. Download it again.`)
  }
  throw notAnArchive(file, lines)
}

function notAnArchive(file: string, lines: number): UserError {
  return new UserError(
    lines === 0
      ? `${file}: is empty. Download it again.`
      : `${file}: is no archive of GitHub's events. Name files as https://www.gharchive.org has them, such as 2015-01-01-15.json.gz: one event a line.`,
  )
}

const reasons = new Map([
  ['ENOENT', 'there is no such file'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'its permissions do not allow it'],
])

function unreadable(file: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = reasons.get(code)
  return reason === undefined ? error : new UserError(`${file}: cannot be read; ${reason}.`)
}
