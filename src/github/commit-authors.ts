import { z } from 'zod'
import type { Octokit } from './github-app.ts'
import { ask } from './history/request.ts'

/** Who signed a commit, and the account that GitHub links to it; null: none. */
export interface CommitAuthor {
  name: string
  email: string
  account: { id: number; login: string } | null
}

/** So many commits in one request cost one point. */
export const mostCommits = 50

const Author = z
  .object({
    name: z.string().nullable(),
    email: z.string().nullable(),
    user: z.object({ databaseId: z.int().nullable(), login: z.string() }).nullable(),
  })
  .transform(
    ({ name, email, user }): CommitAuthor => ({
      name: name ?? '',
      email: email ?? '',
      account: user?.databaseId == null ? null : { id: user.databaseId, login: user.login },
    }),
  )

/** Null for a commit that is gone. */
const Commit = z
  .object({ authors: z.object({ nodes: z.array(Author.nullable()).nullable() }) })
  .nullish()
const Answer = z.object({ repository: z.record(z.string(), z.unknown()).nullable() })

/** Everybody who signed these commits as author or co-author, by GitHub's own reading of them. */
export async function commitAuthors(
  octokit: Octokit,
  { owner, name }: { owner: string; name: string },
  shas: readonly string[],
): Promise<CommitAuthor[]> {
  const declared = shas.map((_, index) => `$sha${index}: GitObjectID!`)
  const parts = shas.map((_, index) => `commit${index}: object(oid: $sha${index}) { ...Authors }`)
  const document = `query SignatureOwners($owner: String!, $name: String!, ${declared.join(', ')}) {
    repository(owner: $owner, name: $name) { ${parts.join('\n')} }
  }
  fragment Authors on Commit {
    authors(first: 20) { nodes { name email user { databaseId login } } }
  }`
  const variables = Object.fromEntries(shas.map((sha, index) => [`sha${index}`, sha]))
  const { data, fault } = await ask(octokit, document, { owner, name, ...variables })
  const { repository } = Answer.parse(data)
  if (repository === null) throw fault ?? new Error('GitHub gave neither commits nor a reason')
  return shas
    .map((_, index) => Commit.parse(repository[`commit${index}`]))
    .flatMap((commit) => commit?.authors.nodes ?? [])
    .filter((author) => author !== null)
}
