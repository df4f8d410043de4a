import { z } from 'zod'
import { Instant } from './instant.ts'

const Count = z.int().nonnegative()

const People = z.object({
  total: Count.describe('people, each once however they sign'),
  new: Count.nullable().describe(
    'never seen before the window; null: earlier history is not known',
  ),
  returning: Count.nullable().describe('the others of total'),
  bots: Count.describe('not part of total'),
  ai: Count.describe('AI agents, not part of total'),
})

const Joined = z.object({
  name: z.string(),
  signatures: z.int().positive(),
  evidence: z.array(z.object({ by: z.enum(['email', 'name', 'noreply']), value: z.string() })),
})

const Figures = z.object({
  window: z
    .object({ from: Instant.nullable(), to: Instant.nullable() })
    .describe('half-open; null where there is no commit and no instant was given'),
  commits: Count,
  authors: People.describe('people who wrote commits: what release notes usually count'),
  contributors: People.describe('everybody credited with anything'),
  contributorAbsenceFactor: Count.nullable().describe(
    'people behind half of the work; null: there was none',
  ),
})

const Areas = z
  .array(z.object({ area: z.string(), commits: Count }))
  .nullable()
  .describe('the most first; null where directories are not known')
const Agents = z.array(z.object({ agent: z.string(), commits: Count }))
const Months = z.array(
  z.object({ month: z.string(), commits: Count, newAuthors: Count.nullable() }),
)

/** `report <folder> --format json` */
export const CloneReport = Figures.extend({
  name: z.string().describe('the folder, as it is called'),
  revisions: z.object({ from: z.string().nullable(), to: z.string().nullable() }),
  authorLines: Count.describe('distinct "name <email>" of authors, as the commits have them'),
  recent: Figures.nullable().describe('the last 90 days, beside a whole history'),
  areas: Areas,
  areasOf: z.enum(['window', 'recent']).nullable(),
  agents: Agents,
  months: Months,
  joined: z.array(Joined).describe('signatures that were taken for one person, and why'),
  completeness: z.object({
    source: z.literal('git'),
    shallow: z.boolean(),
    earlierHistory: z.boolean(),
    directories: z.boolean(),
    roots: Count.nullable(),
    notInAClone: z.array(z.string()),
  }),
}).describe('A report on a git clone alone')
export type CloneReport = z.output<typeof CloneReport>

const Compared = z.object({
  now: z.number().nullable().describe('in the window; null: unknown, or nothing to measure'),
  before: z.number().nullable().describe('in the window of the same length before it'),
})

/** `report <owner/name> --format json` */
export const RepositoryReport = z
  .object({
    name: z.string().describe('owner/name, as GitHub calls it now'),
    window: z.object({ from: Instant, to: Instant }).describe('half-open'),
    commits: Count.nullable().describe('of the default branch; null: they could not be read'),
    authors: People.nullable().describe('people who wrote commits; null: as commits'),
    contributors: People.describe('everybody credited with anything'),
    contributorAbsenceFactor: Count.nullable().describe('people behind half of all contributions'),
    areas: Areas,
    agents: Agents.nullable(),
    months: Months.nullable(),
    joined: z.array(Joined).nullable(),
    project: z.object({
      compared: z.object({
        contributors: Compared,
        outsideContributors: Compared,
        newContributors: Compared.describe('first pull requests merged'),
        opened: Compared.describe('pull requests'),
        merged: Compared.describe('pull requests'),
        mergedFromOutside: Compared,
        hoursToFirstResponse: Compared.describe('to outsiders, median'),
        issuesNew: Compared,
        issuesClosed: Compared,
        newForks: Compared,
        newStars: Compared,
      }),
      forks: Count.describe('the whole fork network, now'),
      stars: Count.describe('now'),
    }),
    completeness: z.object({
      source: z.enum(['graphql', 'rest']).describe('rest: without a token'),
      readTo: Instant.describe('everything that changed since was read'),
      forkOf: z.string().nullable().describe('owner/name; null: it is no fork'),
      notRead: z.array(z.object({ what: z.string(), why: z.string() })),
      cost: z.object({ points: Count, requests: Count }),
    }),
  })
  .describe('A report on a repository that was read from GitHub')
export type RepositoryReport = z.output<typeof RepositoryReport>
