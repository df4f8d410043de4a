import { z } from 'zod'

const Count = z.int().nonnegative()

/** What `forget --format json` prints. */
export const Forgetting = z
  .object({
    login: z.string(),
    facts: Count.describe('that were theirs, and are nobody’s now; their stars are gone'),
    comments: Count.describe('on pull requests of theirs, which are taken back'),
    deliveries: Count.describe('kept ones that showed them, which were emptied'),
    waitingDeliveries: Count.describe(
      'kept ones that show them and are not read yet; each is emptied once it is',
    ),
  })
  .describe('What was forgotten of an account')
export type Forgetting = z.output<typeof Forgetting>
