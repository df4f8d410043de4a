import { z } from 'zod'
import { Instant } from './instant.ts'

const Count = z.int().nonnegative()

/** What `backfill --format json` prints. */
export const BackfillReading = z
  .object({
    done: z.boolean().describe('nothing more is read now; false only while the command runs'),
    finishedAt: Instant.nullable().describe('null: the rest waits for GitHub'),
    failure: z.string().nullable().describe('why it ended before its end'),
    points: Count.describe('of GraphQL, of all runs'),
    requests: Count.describe('of both APIs, of all runs'),
    reachedTo: Instant.nullable().describe(
      'pull requests and issues are known back to then; null: not all of any time',
    ),
    waitsUntil: Instant.nullable().describe("GitHub's limit; null: it does not ask to wait"),
    commits: z.object({
      finishedAt: Instant.nullable(),
      failure: z.string().nullable(),
      passed: Count.describe('of total'),
      total: Count.nullable().describe('null: nothing is being read'),
      reachedTo: Instant.nullable(),
      gitFailure: z.string().nullable().describe('why they came through the API instead'),
    }),
  })
  .describe("How far a repository's history is read")
export type BackfillReading = z.output<typeof BackfillReading>
