import { z } from 'zod'
import { Instant } from './instant.ts'

const Evidence = z
  .enum(['account', 'login', 'name', 'mailmap', 'person'])
  .describe(
    "GitHub's number; GitHub's login; a full name in this repository; its .mailmap; whoever runs Groundswell",
  )

const Somebody = {
  login: z.string().nullable().describe('null: a signature, or an account that was never seen'),
  signature: z
    .string()
    .nullable()
    .describe('the first digits of the hash that stands for an address; null for an account'),
  domain: z.string().nullable().describe('what is after the @, where it is not GitHub’s'),
  commits: z.int().nonnegative().nullable().describe('that it signed here; null for an account'),
}

/** `explain <login>… --format json` */
export const ExplainedAccounts = z
  .array(
    z.object({
      login: z.string().describe('as given'),
      kind: z.enum(['human', 'bot', 'ai']),
      reason: z.string().describe('why it is of that kind'),
      repositories: z
        .array(
          z.object({
            repository: z.string().describe('owner/name'),
            inside: z.boolean().describe('a member, owner or collaborator'),
            insideAt: Instant.nullable().describe('when GitHub last called them one'),
            insideBy: z.enum(['configuration', 'GitHub', 'nothing']),
            organization: z.string().nullable().describe('for whom they work; null: nobody says'),
            members: z
              .array(z.object({ ...Somebody, by: z.array(Evidence) }))
              .describe('accounts and signatures that count as this person, and by what'),
            keptApart: z
              .array(z.object(Somebody))
              .describe('whoever runs Groundswell said that they are somebody else'),
            suggestions: z
              .array(z.object({ ...Somebody, by: z.enum(['name', 'local-part']) }))
              .describe('might be the same person; they are not counted as one'),
          }),
        )
        .optional()
        .describe('where the store knows them; absent where it was not asked'),
    }),
  )
  .describe('What accounts are taken for, and who counts as the same person')
export type ExplainedAccounts = z.output<typeof ExplainedAccounts>
