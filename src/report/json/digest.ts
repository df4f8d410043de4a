import { z } from 'zod'

/** What `digest --format json` prints. */
export const Digests = z
  .array(
    z.object({
      repository: z.string().describe('owner/name'),
      week: z.string().describe('2026-W47'),
      digest: z
        .object({ title: z.string(), body: z.string().describe('Markdown') })
        .nullable()
        .describe('null: nothing happened that a digest would tell'),
    }),
  )
  .describe('The digests of one week')
export type Digests = z.output<typeof Digests>
