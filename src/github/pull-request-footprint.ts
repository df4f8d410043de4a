import { z } from 'zod'
import { areasOf } from '../events/areas.ts'
import type { Octokit } from './github-app.ts'

/** One point: 1 + 1 + 100 connections, divided by 100. */
const query = `query PullRequestFootprint($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      files(first: 100) { nodes { path } }
    }
  }
}`

const Answer = z.object({
  repository: z
    .object({
      pullRequest: z
        .object({
          files: z
            .object({ nodes: z.array(z.object({ path: z.string() }).nullable()).nullable() })
            .nullable(),
        })
        .nullable(),
    })
    .nullable(),
})

/** The areas that a pull request changes, by its first 100 files, most files first. */
export async function pullRequestAreas(
  octokit: Octokit,
  pull: { owner: string; name: string; number: number },
): Promise<string[]> {
  const { repository } = Answer.parse(await octokit.graphql(query, pull))
  const files = repository?.pullRequest?.files?.nodes ?? []
  return areasOf(files.flatMap((file) => file?.path ?? []))
}
