import { z } from 'zod'
import { Instant } from './instant.ts'

const Count = z.int().nonnegative()
const Commit = z.string().describe('the full id of a commit')

const People = z.object({
  total: Count.describe('people, each once however they sign'),
  bots: Count.describe('not part of total'),
  ai: Count.describe('AI agents, not part of total'),
})

const Standing = {
  ahead: Count.nullable().describe('commits that upstream does not have'),
  behind: Count.nullable().describe("upstream's commits that it does not have"),
  originalCommits: Count.nullable().describe(
    'those of ahead that are no merge and that upstream holds in no form: not picked, rebased or squashed',
  ),
  mergeBase: Commit.nullable(),
}

/** `forks <folder or owner/name> --format json` */
export const ForkComparison = z
  .array(
    z.object({
      name: z.string().describe('as given, or owner/name'),
      ...Standing,
      state: z
        .enum([
          'gone',
          'unrelated',
          'hard fork',
          'contributing',
          'diverged',
          'patched',
          'untouched',
          'mirror',
          'synced',
        ])
        .nullable()
        .describe('over all branches; null: it cannot be told'),
      because: z.string().nullable().describe('what of the rule for this state was met'),
      relation: z
        .object({
          patches: Count.describe("upstream's commits that change something, merges left out"),
          shared: Count.describe('those of them that it holds in another form'),
          copyOf: Commit.nullable().describe('the upstream commit whose files it began with'),
        })
        .nullable()
        .describe('where there is no common ancestor, what shows where it came from'),
      otherBranches: z
        .array(z.object({ branch: z.string(), ...Standing }))
        .describe(
          'branches with original commits, or where that cannot be told; not the default one',
        ),
      work: z
        .object({
          originalCommits: Count,
          areas: z.array(z.string()).describe('the most often changed first'),
          authors: People,
          contributors: People.describe('authors and co-authors'),
          firstAt: Instant.nullable(),
          lastAt: Instant.nullable(),
        })
        .nullable()
        .describe(
          'of all branches together, each commit once; null: it cannot be told, or it is unrelated',
        ),
      themes: z
        .array(
          z.object({
            kind: z.enum(['hardware backend', 'quantisation', 'architecture', 'serving', 'area']),
            name: z.string(),
            words: z.array(z.string()).describe('what gave it away'),
            forks: z.array(z.string()).describe('all that do the same'),
          }),
        )
        .describe('what others of these forks do too'),
      problem: z.string().nullable().describe('why numbers of the default branch are null'),
    }),
  )
  .describe(
    'How forks stand to the current branch of a clone, or to the default branch of a repository on GitHub: numbers of their default branch. Of a repository on GitHub every public fork that was found is listed; of those that were not compared the numbers are null, and problem says why',
  )
export type ForkComparison = z.output<typeof ForkComparison>
