import { z } from 'zod'
import { parsePayload } from '../events/payload.ts'
import type { Database } from '../store/database.ts'
import { isTracked } from '../store/repositories.ts'
import { wantWork } from '../store/work.ts'
import type { Delivery } from './delivery.ts'

const Paths = z.array(z.string()).nullish()
const Payload = z.object({
  ref: z.string(),
  repository: z.object({ id: z.int(), default_branch: z.string() }),
  commits: z.array(z.object({ added: Paths, modified: Paths, removed: Paths })).nullish(),
})

/** `push` to the default branch that touches the `.mailmap`: it is read again. */
export async function wantMailmapAgain(delivery: Delivery, { db }: { db: Database }) {
  const { ref, repository, commits } = parsePayload(delivery.name, Payload, delivery.payload)
  if (ref !== `refs/heads/${repository.default_branch}`) return
  const touched = commits?.some(({ added, modified, removed }) =>
    [added, modified, removed].some((paths) => paths?.includes('.mailmap')),
  )
  if (touched && (await isTracked(db, repository.id))) {
    await wantMailmap(db, repository.id, delivery.at)
  }
}

/** Promises to read what a repository's `.mailmap` says, in the caller's transaction. */
export async function wantMailmap(db: Database, repositoryId: number, at: Date): Promise<void> {
  const key = String(repositoryId)
  await wantWork(db, { job: 'read-mailmap', key, payload: { repositoryId } }, at)
}
