import { z } from 'zod'

/** What `digest --format json` prints. */
export const Digests = z
  .array(
    z.object({
      repository: z
        .string()
        .describe('owner/name; the owner alone: all of its repositories together'),
      week: z.string().describe('2026-W47'),
      digest: z
        .object({ title: z.string(), body: z.string().describe('Markdown') })
        .nullable()
        .describe('null: nothing happened that a digest would tell'),
      message: z.string().optional().describe('with --to: exactly what would be sent there'),
      sent: z
        .array(
          z.object({
            place: z.string().describe('issue, slack:community'),
            outcome: z.string().describe('where it is, or why it is not there'),
          }),
        )
        .optional()
        .describe('with --publish: how it went, place by place'),
    }),
  )
  .describe('The digests of one week')
export type Digests = z.output<typeof Digests>
