import { z } from 'zod'
import { Comment, commentRecording } from '../../events/comment.ts'
import type { Recording } from '../../events/fact.ts'
import { Forkee, forkRecording } from '../../events/fork.ts'
import { Issue, issueRecording } from '../../events/issues.ts'
import { PullRequest, pullRequestRecording } from '../../events/pull-request.ts'
import { combined } from '../../events/recording.ts'
import { Release, releaseRecording } from '../../events/release.ts'
import type { GitHubClient } from '../client.ts'
import { asRead } from '../history/as-read.ts'
import type { Where } from '../history/read-history.ts'
import { type RestPage, restPage } from '../history/rest-list.ts'
import type { WindowLane, WindowPart, WindowReading } from './part.ts'

/** A list of the REST API, and what its items tell. */
interface WindowList {
  lane: WindowLane
  /** below the repository */
  list: string
  query(since: string): Record<string, string>
  /** what one page tells, and how far back it reaches */
  told(repositoryId: number, data: unknown): { recording: Recording; reachedTo: Date | null }
}

/**
 * Pull requests are in the list of issues, too, but without the commit that
 * merged them, which is their author's. Reviews have no list: they would cost a
 * request for each pull request.
 */
const windowLists: readonly WindowList[] = [
  {
    lane: 'pull_requests',
    list: 'pulls',
    query: () => ({ state: 'all', sort: 'updated', direction: 'desc' }),
    told: (repositoryId, data) => {
      const pulls = z.array(PullRequest).parse(data)
      return {
        recording: combined(pulls.map((pull) => pullRequestRecording(repositoryId, pull))),
        reachedTo: earliest(pulls.map(({ updated_at }) => updated_at)),
      }
    },
  },
  {
    lane: 'issues',
    list: 'issues',
    query: (since) => ({ state: 'all', sort: 'updated', direction: 'desc', since }),
    told: (repositoryId, data) => {
      const issues = z.array(Issue).parse(data)
      return {
        recording: combined(issues.map((issue) => issueRecording(repositoryId, issue))),
        reachedTo: earliest(issues.map(({ updated_at }) => updated_at)),
      }
    },
  },
  {
    lane: 'comments',
    list: 'issues/comments',
    query: (since) => ({ sort: 'updated', direction: 'desc', since }),
    told: commentsTold('issue_comment.created', 'issue_url'),
  },
  {
    lane: 'review_comments',
    list: 'pulls/comments',
    query: (since) => ({ sort: 'updated', direction: 'desc', since }),
    told: commentsTold('pull_request_review_comment.created', 'pull_request_url'),
  },
  {
    lane: 'forks',
    list: 'forks',
    query: () => ({ sort: 'newest' }),
    told: (repositoryId, data) => {
      const forks = z.array(Forkee).parse(data)
      return {
        recording: combined(forks.map((fork) => forkRecording(repositoryId, fork))),
        reachedTo: earliest(forks.map(({ created_at }) => created_at)),
      }
    },
  },
  {
    lane: 'releases',
    list: 'releases',
    query: () => ({}),
    told: (repositoryId, data) => {
      const releases = z.array(Release).parse(data)
      return {
        recording: combined(releases.map((one) => releaseRecording(repositoryId, one))),
        reachedTo: earliest(releases.flatMap(({ created_at }) => created_at ?? [])),
      }
    },
  },
]

/** A comment in a list says what it is on by an address alone. */
function commentsTold(
  kind: 'issue_comment.created' | 'pull_request_review_comment.created',
  address: 'issue_url' | 'pull_request_url',
): WindowList['told'] {
  const Addressed = z.looseObject(Comment.shape).transform((comment) => ({
    comment,
    thread: z.coerce
      .number()
      .int()
      .parse(/\/(\d+)$/.exec(String(comment[address]))?.[1]),
  }))
  return (repositoryId, data) => {
    const comments = z.array(Addressed).parse(data)
    return {
      recording: combined(
        comments.map(({ comment, thread }) =>
          commentRecording({ kind, repositoryId, thread }, comment),
        ),
      ),
      reachedTo: earliest(comments.map(({ comment }) => comment.updated_at)),
    }
  }
}

function earliest(instants: readonly Date[]): Date | null {
  return instants.length === 0 ? null : new Date(Math.min(...instants.map(Number)))
}

/** How many pages follow a first one that reaches back so far, if things went on as fast before. */
function pagesExpected(reachedTo: Date | null, { since, readAt }: WindowReading): number {
  if (reachedTo === null) return 0
  const [read, wanted] = [
    readAt.getTime() - reachedTo.getTime(),
    reachedTo.getTime() - since.getTime(),
  ]
  return Math.max(1, Math.ceil(wanted / Math.max(read, 1)))
}

/** Requests that were made, and about as many as follow. */
interface WindowPlan {
  read: number
  toCome: number
}

/**
 * What changed in a repository since an instant, as far as everybody may know
 * it: without a token GraphQL answers nobody. First comes the first page of
 * every list, which tells how many more there are.
 *
 * @param reading `onPlan`: told how many pages there are before the second page of anything is read
 */
export async function* windowByRest(
  client: GitHubClient,
  where: Where,
  { since, readAt, onPlan }: WindowReading & { onPlan(plan: WindowPlan): void },
): AsyncGenerator<WindowPart> {
  const unfinished: { list: WindowList; query: string }[] = []
  let toCome = 0
  for (const list of windowLists) {
    const query = { ...list.query(since.toISOString()), per_page: '100' }
    const page = await restPage(client, where, {
      list: list.list,
      query: new URLSearchParams(query).toString(),
    })
    const { part, next } = partOf(page, list, { where, since, readAt })
    yield part
    if (next === null) continue
    unfinished.push({ list, query: next })
    const last = 'since' in query ? page.last : null
    toCome += last === null ? pagesExpected(part.reachedTo, { since, readAt }) : last - 1
  }
  onPlan({ read: windowLists.length, toCome })
  for (const { list, query } of unfinished) {
    let after: string | null = query
    while (after !== null) {
      const page: RestPage = await restPage(client, where, { list: list.list, query: after })
      const { part, next } = partOf(page, list, { where, since, readAt })
      yield part
      after = next
    }
  }
}

function partOf(
  { data, next }: RestPage,
  { lane, told }: WindowList,
  { where, since, readAt }: { where: Where } & WindowReading,
): { part: WindowPart; next: string | null } {
  const { recording, reachedTo } = told(where.repositoryId, data)
  const isEnough = next === null || reachedTo === null || reachedTo < since
  return {
    part: {
      lane,
      recording: asRead(recording, readAt),
      reachedTo: next === null ? null : reachedTo,
      points: 0,
      requests: 1,
    },
    next: isEnough ? null : next,
  }
}
