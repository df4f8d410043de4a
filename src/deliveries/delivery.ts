import { z } from 'zod'
import { User } from '../events/account.ts'
import { parsePayload } from '../events/payload.ts'

/** A kept delivery with its body parsed as JSON and nothing else checked. */
export interface Delivery {
  id: string
  name: string
  payload: unknown
  /** when it is being recorded; for a replay, that is now */
  at: Date
}

const Through = z.object({
  installation: z.object({ id: z.int() }).nullish(),
  repository: z
    .object({
      id: z.int(),
      full_name: z.string(),
      private: z.boolean(),
      owner: User,
    })
    .nullish(),
})

/** Which installation and repository a payload came through; null for either where it names none. */
export function through({ name, payload }: Pick<Delivery, 'name' | 'payload'>) {
  const { installation, repository } = parsePayload(name, Through, payload)
  return { installationId: installation?.id ?? null, repository: repository ?? null }
}
