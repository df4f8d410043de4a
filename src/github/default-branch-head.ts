import { z } from 'zod'
import type { Octokit } from './github-app.ts'

const query = `query DefaultBranchHead($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) { defaultBranchRef { target { oid } } }
}`

const Answer = z.object({
  repository: z
    .object({
      defaultBranchRef: z.object({ target: z.object({ oid: z.string() }).nullable() }).nullable(),
    })
    .nullable(),
})

/** The commit at which the default branch stands, for one point; null: there is none yet. */
export async function defaultBranchHead(
  octokit: Octokit,
  repository: { owner: string; name: string },
): Promise<string | null> {
  const { repository: found } = Answer.parse(await octokit.graphql(query, repository))
  return found?.defaultBranchRef?.target?.oid ?? null
}
