import { z } from 'zod'
import type { Recording } from '../events/fact.ts'
import { Issue, issueRecording } from '../events/issues.ts'
import { combined } from '../events/recording.ts'
import type { Octokit } from './github-app.ts'
import { asRead } from './history/as-read.ts'

const pageSize = 100
const mostPages = 3

/**
 * Every issue and pull request that one account opened in a repository, newest
 * first, at most 300: one request where backfill would need hundreds, so that
 * "a first pull request" is true on the day of installation.
 */
export async function authorHistory(
  octokit: Octokit,
  request: {
    repositoryId: number
    owner: string
    name: string
    author: { id: number; login: string }
    readAt: Date
  },
): Promise<Recording> {
  const { repositoryId, owner, name, author, readAt } = request
  const recordings: Recording[] = []
  for (let page = 1; page <= mostPages; page += 1) {
    const { data } = await octokit.rest.issues.listForRepo({
      owner,
      repo: name,
      creator: author.login,
      state: 'all',
      per_page: pageSize,
      page,
    })
    // Logins are recycled: what another account of that name opened is not theirs.
    const theirs = z.array(Issue).parse(data.filter(({ user }) => user?.id === author.id))
    recordings.push(...theirs.map((issue) => issueRecording(repositoryId, issue)))
    if (data.length < pageSize) break
  }
  return asRead(combined(recordings), readAt)
}
