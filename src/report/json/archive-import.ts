import { z } from 'zod'
import { Instant } from './instant.ts'

const Count = z.int().nonnegative()

const Hours = z.object({
  from: Instant.describe('the beginning of the first hour'),
  to: Instant.describe('the end of the last hour'),
})

/** What `import gharchive --format json` prints. */
export const ArchiveImport = z
  .object({
    files: z.array(
      z.object({
        file: z.string().describe('as given; "-" is standard input'),
        lines: Count,
        cutShort: z.boolean().describe('the file ends before its end: what came before was read'),
      }),
    ),
    events: Count.describe('about the repositories asked for, of kinds that are read'),
    hours: Hours.nullable().describe('what the files cover, in UTC; null: no event was read'),
    missingHours: z.array(Hours).describe('hours between the first and the last without events'),
    repositories: z.array(
      z.object({
        repository: z.string().describe('owner/name'),
        added: Count.describe('events that told something new'),
        known: Count.describe('events of which all was known already'),
        kinds: z
          .array(z.object({ kind: z.string(), added: Count, known: Count }))
          .describe("the same by the archive's kind of event, such as ForkEvent"),
      }),
    ),
    leftOut: z.object({
      corruptLines: Count.describe('lines that are no event'),
      trimmed: Count.describe('events that GitHub has cut down since 2025-10-07'),
      old: Count.describe('events from before 2015 that name accounts or objects by too little'),
      unreadable: Count.describe('other events whose payload is not what their kind has'),
    }),
    faults: z
      .array(
        z.object({
          fault: z.string(),
          file: z.string(),
          line: z.int().positive(),
          count: z.int().positive().describe('lines with this fault'),
        }),
      )
      .describe('the first line of each fault'),
  })
  .describe('What files of the public event archive added to the store')
export type ArchiveImport = z.output<typeof ArchiveImport>
