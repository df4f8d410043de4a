import { z } from 'zod'
import { Instant } from './instant.ts'

const Count = z.int().nonnegative()

/** What `replay --format json` prints. */
export const Replay = z
  .object({
    kept: Count.describe('deliveries that files gave; those that were there already count, too'),
    reopened: z.object({ deliveries: Count, jobs: Count }).describe('to be tried again'),
    recorded: Count.describe('deliveries whose facts were recorded'),
    parked: z
      .array(
        z.object({
          guid: z.string(),
          event: z.string(),
          failure: z.string().nullable(),
          failed_at: Instant.nullable(),
          attempts: Count,
        }),
      )
      .describe('deliveries that could not be recorded, a hundred at most'),
  })
  .describe('What became of deliveries that were recorded again')
export type Replay = z.output<typeof Replay>
