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
