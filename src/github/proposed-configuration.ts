import { z } from 'zod'
import type { FileText } from './configuration-file.ts'
import type { Octokit } from './github-app.ts'

/** One point. */
const query = `query ProposedConfiguration(
  $owner: String!, $name: String!, $number: Int!, $proposed: String!, $current: String!
) {
  repository(owner: $owner, name: $name) {
    proposed: object(expression: $proposed) { ... on Blob { oid text isTruncated } }
    current: object(expression: $current) { oid }
    pullRequest(number: $number) {
      files(first: 100) { totalCount nodes { path } }
    }
  }
}`

const Files = z.object({
  totalCount: z.int(),
  nodes: z.array(z.object({ path: z.string() }).nullable()).nullable(),
})

const Answer = z.object({
  repository: z
    .object({
      proposed: z
        .object({ oid: z.string(), text: z.string().nullable(), isTruncated: z.boolean() })
        .partial()
        .nullable(),
      current: z.object({ oid: z.string() }).nullable(),
      pullRequest: z.object({ files: Files.nullable() }).nullable(),
    })
    .nullable(),
})

interface Proposal {
  owner: string
  name: string
  number: number
  /** the commit that the pull request ends with; one of a fork is found through the repository */
  sha: string
  path: string
}

/**
 * What a pull request would make of a file. Null where it leaves the file as it
 * is or takes it away. Of several hundred changed files the first hundred are
 * looked at; one that is not among them counts as changed where it differs
 * from the default branch.
 */
export async function proposedText(
  octokit: Octokit,
  { owner, name, number, sha, path }: Proposal,
): Promise<FileText | null> {
  const { repository } = Answer.parse(
    await octokit.graphql(query, {
      ...{ owner, name, number },
      proposed: `${sha}:${path}`,
      current: `HEAD:${path}`,
    }),
  )
  const proposed = repository?.proposed ?? null
  if (repository === null || proposed?.oid === undefined) return null
  if (proposed.oid === repository.current?.oid) return null
  if (!mayTouch(path, repository.pullRequest?.files ?? null)) return null
  return proposed.text ?? { unreadable: proposed.isTruncated === true ? 'too large' : 'not text' }
}

/** A branch that is merely behind differs, too. */
function mayTouch(path: string, files: z.output<typeof Files> | null): boolean {
  const nodes = files?.nodes ?? []
  return (
    files === null || files.totalCount > nodes.length || nodes.some((file) => file?.path === path)
  )
}
