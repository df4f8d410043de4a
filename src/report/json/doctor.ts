import { z } from 'zod'

/** What `doctor --format json` prints. */
export const Findings = z
  .array(z.object({ well: z.boolean(), text: z.string().describe('what it is, and what to do') }))
  .describe('What was looked at')
export type Findings = z.output<typeof Findings>
