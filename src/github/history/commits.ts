import { z } from 'zod'
import type { Commit } from '../../events/commit.ts'
import { commitInstant } from '../../events/commit-instant.ts'
import type { Octokit } from '../github-app.ts'
import { connectionOf, pageInfo } from './connection.ts'
import { rateLimitFields } from './document.ts'
import type { Where } from './read-history.ts'
import { ask, TooMuch } from './request.ts'

/**
 * Commits as the API tells them: the same as git does, but for what they
 * touched, which would cost a request each. For where git cannot reach.
 */
export interface CommitPage {
  commits: Commit[]
  /** where the next page begins; null: there is none */
  next: string | null
  /** how many commits all pages hold */
  total: number
}

const Tip = z.object({
  repository: z
    .object({ defaultBranchRef: z.object({ target: z.object({ oid: z.string() }) }).nullable() })
    .nullable(),
})

/** The commit that the default branch is at; null: there is none yet. One point. */
export async function defaultBranchTip(
  octokit: Octokit,
  { owner, name }: Where,
): Promise<string | null> {
  const document = `query CommitTip($owner: String!, $name: String!) {
    ${rateLimitFields}
    repository(owner: $owner, name: $name) { defaultBranchRef { target { oid } } }
  }`
  const { data, fault } = await ask(octokit, document, { owner, name })
  const { repository } = Tip.parse(data)
  if (repository === null) throw fault ?? new Error('GitHub gave neither a branch nor a reason')
  return repository.defaultBranchRef?.target.oid ?? null
}

const Node = z
  .object({
    oid: z.string(),
    message: z.string(),
    committedDate: z.string(),
    author: z.object({
      name: z.string().nullable(),
      email: z.string().nullable(),
      user: z.object({ login: z.string() }).nullable(),
    }),
  })
  .transform(
    ({ oid, message, committedDate, author }): Commit => ({
      sha: oid,
      occurredAt: commitInstant(new Date(committedDate)),
      message,
      author: {
        name: author.name ?? '',
        email: author.email ?? '',
        username: author.user?.login ?? null,
      },
      paths: [],
    }),
  )

const History = connectionOf(Node)
const Total = z.object({ totalCount: z.int() })
const Page = z.object({
  repository: z.object({ object: z.object({ history: z.looseObject({}) }).nullable() }).nullable(),
})

/** At most; where GitHub cannot give so much at once, a fifth of it. */
const largestPage = 100

/**
 * All that a commit reaches, newest first, a hundred for a point. Null where
 * the repository does not have that commit any more.
 */
export async function commitHistoryPage(
  octokit: Octokit,
  { owner, name }: Where,
  { tip, after }: { tip: string; after: string | null },
): Promise<CommitPage | null> {
  const document = `query CommitHistory($owner: String!, $name: String!, $tip: GitObjectID!, $after: String, $size: Int!) {
    ${rateLimitFields}
    repository(owner: $owner, name: $name) {
      object(oid: $tip) {
        ... on Commit {
          history(first: $size, after: $after) {
            totalCount ${pageInfo}
            nodes { oid message committedDate author { name email user { login } } }
          }
        }
      }
    }
  }`
  const asked = { owner, name, tip, after }
  const { data, fault } = await ask(octokit, document, { ...asked, size: largestPage }).catch(
    async (error: unknown) => {
      if (!(error instanceof TooMuch)) throw error
      return await ask(octokit, document, { ...asked, size: largestPage / 5 })
    },
  )
  const { repository } = Page.parse(data)
  if (repository === null) throw fault ?? new Error('GitHub gave neither commits nor a reason')
  if (repository.object === null) return null
  const { nodes, next } = History.parse(repository.object.history)
  return { commits: nodes, next, total: Total.parse(repository.object.history).totalCount }
}

const Compared = z.object({
  total_commits: z.int(),
  commits: z.array(
    z
      .object({
        sha: z.string(),
        commit: z.object({
          message: z.string(),
          author: z.object({ name: z.string().nullish(), email: z.string().nullish() }).nullable(),
          committer: z.object({ date: z.string().optional() }).nullable(),
        }),
        author: z.looseObject({ login: z.string().optional() }).nullable(),
      })
      .transform(
        ({ sha, commit, author }): Commit => ({
          sha,
          occurredAt: commitInstant(new Date(commit.committer?.date ?? 0)),
          message: commit.message,
          author: {
            name: commit.author?.name ?? '',
            email: commit.author?.email ?? '',
            username: author?.login ?? null,
          },
          paths: [],
        }),
      ),
  ),
})

/**
 * What `head` reaches and `base` does not, oldest first, a hundred for a
 * request. Null where the two have nothing in common, or one is not there.
 */
export async function newCommitsPage(
  octokit: Octokit,
  { owner, name }: Where,
  { base, head, page }: { base: string; head: string; page: string | null },
): Promise<CommitPage | null> {
  const number = Number(page ?? 1)
  try {
    const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
      owner,
      repo: name,
      basehead: `${base}...${head}`,
      per_page: largestPage,
      page: number,
    })
    const { total_commits: total, commits } = Compared.parse(data)
    const next = commits.length > 0 && number * largestPage < total ? String(number + 1) : null
    return { commits, next, total }
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 404) return null
    throw error
  }
}
