import { z } from 'zod'
import type { Octokit } from '../github/github-app.ts'
import type { TrackedRepository } from '../store/repositories.ts'
import { LeftAlone } from './left-alone.ts'
import { NoSuchPlace } from './no-such-place.ts'
import type { Listed, Posts } from './posts.ts'

/** Issues and the comments on them and on pull requests, as GitHub's REST API has them. */

export const names = ({ ownerLogin, name }: TrackedRepository) => ({
  owner: ownerLogin,
  repo: name,
})

export function commentsOn(octokit: Octokit, repository: TrackedRepository, thread: number): Posts {
  const { issues } = octokit.rest
  const toWritten = (id: number, body: string) => ({ id, nodeId: null, thread, body })
  return {
    async list() {
      const comments = await octokit.paginate(issues.listComments, {
        ...names(repository),
        issue_number: thread,
        per_page: 100,
      })
      return comments.map((comment) => toListed(comment, thread))
    },
    async create(body) {
      const { data } = await unlessLocked(() =>
        issues.createComment({ ...names(repository), issue_number: thread, body }),
      )
      return toWritten(data.id, data.body ?? body)
    },
    async read({ id }) {
      const { data } = await issues.getComment({ ...names(repository), comment_id: id })
      return toWritten(id, data.body ?? '')
    },
    async update({ id }, body) {
      const { data } = await issues.updateComment({ ...names(repository), comment_id: id, body })
      return toWritten(id, data.body ?? body)
    },
  }
}

/** An issue is edited by its number; its id is of no use in the API's paths. */
export function issuesWith(
  octokit: Octokit,
  repository: TrackedRepository,
  { title, label }: { title: string; label: string },
): Posts {
  const { issues } = octokit.rest
  const toWritten = (number: number, body: string) => ({
    ...{ id: number, nodeId: null, thread: number },
    body,
  })
  return {
    /** The newest hundred of the label: a digest that is not among them is years old. */
    async list() {
      const { data } = await issues.listForRepo({
        ...names(repository),
        labels: label,
        state: 'all',
        sort: 'created',
        direction: 'desc',
        per_page: 100,
      })
      return data.map((issue) => toListed({ ...issue, id: issue.number }, issue.number))
    },
    async create(body) {
      const { data } = await whereIssuesAre(() =>
        issues.create({ ...names(repository), title, labels: [label], body }),
      )
      return toWritten(data.number, data.body ?? body)
    },
    async read({ id }) {
      const { data } = await whereIssuesAre(() =>
        issues.get({ ...names(repository), issue_number: id }),
      )
      return toWritten(id, data.body ?? '')
    },
    async update({ id }, body) {
      const { data } = await whereIssuesAre(() =>
        issues.update({ ...names(repository), issue_number: id, title, body }),
      )
      return toWritten(id, data.body ?? body)
    },
  }
}

export async function removeIssueComment(
  octokit: Octokit,
  repository: TrackedRepository,
  id: number,
): Promise<void> {
  await octokit.rest.issues.deleteComment({ ...names(repository), comment_id: id })
}

interface Authored {
  id: number
  body?: string | null | undefined
  user?: { type?: string } | null
  performed_via_github_app?: { id: number } | null | undefined
}

function toListed(item: Authored, thread: number): Listed {
  return {
    id: item.id,
    nodeId: null,
    thread,
    body: item.body ?? '',
    app:
      item.performed_via_github_app === undefined
        ? undefined
        : (item.performed_via_github_app?.id ?? null),
    byBot: item.user?.type === 'Bot',
  }
}

const TurnedOff = z.looseObject({ status: z.literal(410), message: z.string().regex(/disabled/i) })

/** GitHub says 410 for an issue that was deleted, and where there are no issues at all. */
async function whereIssuesAre<Result>(request: () => Promise<Result>): Promise<Result> {
  try {
    return await request()
  } catch (error) {
    if (TurnedOff.safeParse(error).success) throw new NoSuchPlace('issues are turned off')
    throw error
  }
}

const Locked = z.looseObject({ status: z.literal(403), message: z.string().regex(/\blocked\b/i) })

async function unlessLocked<Result>(request: () => Promise<Result>): Promise<Result> {
  try {
    return await request()
  } catch (error) {
    if (Locked.safeParse(error).success) throw new LeftAlone('the thread is locked')
    throw error
  }
}
