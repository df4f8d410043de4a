import { z } from 'zod'
import { parsePayload } from '../events/payload.ts'
import type { Database } from '../store/database.ts'
import { isTracked, repositoriesOfOwner } from '../store/repositories.ts'
import { wantWork } from '../store/work.ts'
import type { Delivery } from './delivery.ts'

export const configurationPath = '.github/groundswell.yml'

const Paths = z.array(z.string()).nullish()
const Payload = z.object({
  ref: z.string(),
  after: z.string(),
  repository: z.object({
    id: z.int(),
    name: z.string(),
    default_branch: z.string(),
    owner: z.object({ id: z.int() }),
  }),
  commits: z.array(z.object({ added: Paths, modified: Paths, removed: Paths })).nullish(),
})

/** `push` to the default branch that touches the configuration: it is read again and checked on that commit. */
export async function wantConfigurationCheck(
  delivery: Delivery,
  { db }: { db: Database },
): Promise<void> {
  const push = parsePayload(delivery.name, Payload, delivery.payload)
  const { repository } = push
  if (push.ref !== `refs/heads/${repository.default_branch}`) return
  const touched = push.commits?.some(({ added, modified, removed }) =>
    [added, modified, removed].some((paths) => paths?.includes(configurationPath)),
  )
  if (!touched || !(await isTracked(db, repository.id))) return

  const want = (repositoryId: number, sha: string | null) => {
    // Each commit gets its check, also when another push follows at once.
    const key = sha === null ? String(repositoryId) : `${repositoryId}/${sha}`
    const payload = { repositoryId, sha }
    return wantWork(db, { job: 'check-configuration', key, payload }, delivery.at)
  }
  await want(repository.id, push.after)
  if (repository.name === '.github') {
    // The organisation's file holds for all of its repositories.
    for (const id of await repositoriesOfOwner(db, repository.owner.id)) {
      if (id !== repository.id) await want(id, null)
    }
  }
}

const Proposal = z.object({
  action: z.string(),
  number: z.int(),
  repository: z.object({ id: z.int(), default_branch: z.string() }),
  pull_request: z.object({
    base: z.object({ ref: z.string() }),
    head: z.object({ sha: z.string() }),
    changed_files: z.int().nullish(),
  }),
  /** `edited`: what was changed; a base means that it goes elsewhere now */
  changes: z.object({ base: z.unknown() }).nullish(),
})

/** When a pull request may say something else; one that gets ready says what it said as a draft. */
const moves = new Set(['opened', 'reopened', 'synchronize'])

/**
 * `pull_request` that would change the default branch: what it makes of the
 * configuration is checked on its head. Whether it touches the file its payload
 * does not tell, so the job asks.
 */
export async function wantProposedConfigurationCheck(
  delivery: Delivery,
  { db }: { db: Database },
): Promise<void> {
  const told = parsePayload(delivery.name, Proposal, delivery.payload)
  const { action, number, repository, pull_request: pull } = told
  const goesElsewhere = action === 'edited' && told.changes?.base !== undefined
  if (!moves.has(action) && !goesElsewhere) return
  if (pull.base.ref !== repository.default_branch || pull.changed_files === 0) return
  if (!(await isTracked(db, repository.id))) return
  const { sha } = pull.head
  const payload = { repositoryId: repository.id, number, sha }
  const key = `${repository.id}/${number}/${sha}`
  await wantWork(db, { job: 'check-proposed-configuration', key, payload }, delivery.at)
}
