import type { ArchivedEvent } from '../events/archived-event.ts'
import type { ArchiveImport } from '../report/json/archive-import.ts'
import { ArchiveHours } from './archive-hours.ts'

/** Where a line stands. */
export interface LinePlace {
  file: string
  line: number
}

type LeftOut = keyof ArchiveImport['leftOut']
type Repository = ArchiveImport['repositories'][number]

/** GitHub has cut the payloads of its timeline down since. */
const trimmedSince = Date.parse('2025-10-07T00:00:00Z')
/** Before, accounts were named by login alone, and most objects by number alone. */
const numberedSince = Date.parse('2015-01-01T00:00:00Z')

/** What an import came to so far. */
export class ImportTally {
  readonly hours = new ArchiveHours()
  readonly #files: ArchiveImport['files'] = []
  readonly #repositories: ReadonlyMap<number, Repository>
  readonly #leftOut: Record<LeftOut, number> = {
    corruptLines: 0,
    trimmed: 0,
    old: 0,
    unreadable: 0,
  }
  readonly #faults = new Map<string, ArchiveImport['faults'][number]>()
  #events = 0

  constructor(repositories: readonly { id: number; name: string }[]) {
    this.#repositories = new Map(
      repositories.map(({ id, name }) => [id, { repository: name, added: 0, known: 0, kinds: [] }]),
    )
  }

  get events(): number {
    return this.#events
  }

  isWanted(repositoryId: number | null): repositoryId is number {
    return repositoryId !== null && this.#repositories.has(repositoryId)
  }

  addFile(file: ArchiveImport['files'][number]): void {
    this.#files.push(file)
  }

  addCorrupt(place: LinePlace, fault: string): void {
    this.#leftOut.corruptLines += 1
    this.#note(fault, place)
  }

  /** An event of a wanted repository that was recorded. */
  addRecorded({ repositoryId, type }: ArchivedEvent, outcome: 'added' | 'known'): void {
    this.#events += 1
    const repository = this.#repositories.get(repositoryId)
    if (repository === undefined) return
    const kind = repository.kinds.find((one) => one.kind === type) ?? newKind(repository, type)
    repository[outcome] += 1
    kind[outcome] += 1
  }

  /** An event of a wanted repository whose payload could not be read. What GitHub or the archive cut off is no fault of a line. */
  addUnread({ createdAt, type }: ArchivedEvent, place: LinePlace, reason: string): void {
    this.#events += 1
    const at = Date.parse(createdAt)
    const why = at >= trimmedSince ? 'trimmed' : at < numberedSince ? 'old' : 'unreadable'
    this.#leftOut[why] += 1
    if (why === 'unreadable') this.#note(`${type} without what it is about (${reason})`, place)
  }

  result(): ArchiveImport {
    return {
      files: this.#files,
      events: this.#events,
      ...this.hours.span(),
      repositories: [...this.#repositories.values()],
      leftOut: this.#leftOut,
      faults: [...this.#faults.values()].slice(0, mostFaults),
    }
  }

  #note(fault: string, place: LinePlace): void {
    const noted = this.#faults.get(fault)
    if (noted === undefined) this.#faults.set(fault, { fault, ...place, count: 1 })
    else noted.count += 1
  }
}

const mostFaults = 10

function newKind({ kinds }: Repository, kind: string): Repository['kinds'][number] {
  const made = { kind, added: 0, known: 0 }
  kinds.push(made)
  return made
}
