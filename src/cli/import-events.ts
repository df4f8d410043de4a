import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { UserError } from '../errors.ts'
import { ArchivedEvent, translateArchived } from '../events/archived-event.ts'
import type { Recording } from '../events/fact.ts'
import { PayloadMismatch } from '../events/payload.ts'
import { recordArchived } from '../store/archived-facts.ts'
import { repositoryNamed, trackedRepositories } from '../store/repositories.ts'

/** The two steps of an import: which repositories are meant, then their events, as many at a time as the asker holds. */
export const ImportRequest = z.discriminatedUnion('step', [
  z.object({
    command: z.literal('import'),
    step: z.literal('repositories'),
    /** `owner/name`; none: all that the App is installed on */
    named: z.array(z.string()),
  }),
  z.object({
    command: z.literal('import'),
    step: z.literal('record'),
    events: z.array(ArchivedEvent),
  }),
])
export type ImportRequest = z.output<typeof ImportRequest>

/** Answers to the two steps. */
export const ImportRepositories = z.array(z.object({ id: z.int(), name: z.string() }))
/** For each event, in the same order: its facts were new, or known already, or its payload could not be read. */
export const ImportedEvents = z.array(
  z.union([
    z.object({ outcome: z.enum(['added', 'known']) }),
    z.object({ outcome: z.literal('unread'), reason: z.string() }),
  ]),
)

/** @throws UserError for a repository that the App is not installed on */
export async function importEvents(request: ImportRequest, deps: Pick<Deps, 'db'>) {
  return request.step === 'repositories'
    ? await repositoriesMeant(request.named, deps)
    : await recordEvents(request.events, deps)
}

async function repositoriesMeant(
  named: readonly string[],
  { db }: Pick<Deps, 'db'>,
): Promise<z.output<typeof ImportRepositories>> {
  const all = await trackedRepositories(db)
  const found = named.length === 0 ? all : await Promise.all(named.map(repositoryCalled))
  if (found.length === 0) {
    throw new UserError(
      'The App is not installed on any repository yet, so there is nothing to import into. Install it first.',
    )
  }
  return found.map(({ id, ownerLogin, name }) => ({ id, name: `${ownerLogin}/${name}` }))

  async function repositoryCalled(fullName: string) {
    const [owner = '', name = ''] = fullName.split('/')
    const repository = await repositoryNamed(db, owner, name)
    if (repository !== null) return repository
    const known = all.map((one) => `${one.ownerLogin}/${one.name}`).slice(0, 5)
    throw new UserError(
      `--repository: nothing is known of ${JSON.stringify(fullName)}. Known are ${known.join(', ') || 'none'}.`,
    )
  }
}

async function recordEvents(
  events: readonly ArchivedEvent[],
  { db }: Pick<Deps, 'db'>,
): Promise<z.output<typeof ImportedEvents>> {
  const read = events.map(readEvent)
  const told = read.flatMap((one) => ('told' in one ? [one.told] : []))
  const isNew = await db.transaction().execute(async (trx) => await recordArchived(trx, told))
  const outcomes = isNew.values()
  return read.map((one) =>
    'reason' in one
      ? { outcome: 'unread', reason: one.reason }
      : { outcome: outcomes.next().value ? 'added' : 'known' },
  )
}

function readEvent(event: ArchivedEvent): { told: Recording } | { reason: string } {
  try {
    return { told: translateArchived(event) }
  } catch (error) {
    if (error instanceof PayloadMismatch) return { reason: error.message }
    throw error
  }
}
