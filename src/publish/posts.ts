import { z } from 'zod'
import { failureOf } from '../github/failure.ts'
import type { Octokit } from '../github/github-app.ts'
import type { TrackedRepository } from '../store/repositories.ts'
import {
  createDiscussion,
  listDiscussions,
  readDiscussion,
  type ShownDiscussion,
  updateDiscussion,
} from './discussions.ts'
import { NoSuchPlace } from './no-such-place.ts'
import type { Shown } from './plan.ts'
import type { Post } from './publisher.ts'

/** Comments, issues and discussions as GitHub's API has them: carried out here, decided elsewhere. */

export interface Written extends Shown {
  thread: number
}

export interface Listed extends Written {
  /** undefined: the server does not say; null: no App */
  app: number | null | undefined
  byBot: boolean
}

export type Found = Written & { nonce: string | null }

export const names = ({ ownerLogin, name }: TrackedRepository) => ({
  owner: ownerLogin,
  repo: name,
})

interface Authored {
  id: number
  body?: string | null | undefined
  user?: { type?: string } | null
  performed_via_github_app?: { id: number } | null | undefined
}

function toListed(item: Authored, thread: number): Listed {
  return {
    id: item.id,
    thread,
    body: item.body ?? '',
    app:
      item.performed_via_github_app === undefined
        ? undefined
        : (item.performed_via_github_app?.id ?? null),
    byBot: item.user?.type === 'Bot',
  }
}

export async function list(octokit: Octokit, { repository, target }: Post): Promise<Listed[]> {
  if (target.type === 'comment') {
    const comments = await octokit.paginate(octokit.rest.issues.listComments, {
      ...names(repository),
      issue_number: target.thread,
      per_page: 100,
    })
    return comments.map((comment) => toListed(comment, target.thread))
  }
  if (target.type === 'discussion') {
    const discussions = await listDiscussions(octokit, repository, target.category)
    return discussions.map((one) => ({
      ...toWritten(one),
      app: undefined,
      byBot: one.viewerDidAuthor,
    }))
  }
  // The newest hundred of the label: a digest that is not among them is years old.
  const { data } = await octokit.rest.issues.listForRepo({
    ...names(repository),
    labels: target.label,
    state: 'all',
    sort: 'created',
    direction: 'desc',
    per_page: 100,
  })
  // An issue is edited by its number; its id is of no use in the API's paths.
  return data.map((issue) => toListed({ ...issue, id: issue.number }, issue.number))
}

export async function create(octokit: Octokit, { repository, target }: Post, body: string) {
  if (target.type === 'comment') {
    const { data } = await octokit.rest.issues.createComment({
      ...names(repository),
      issue_number: target.thread,
      body,
    })
    return { id: data.id, thread: target.thread, body: data.body ?? body }
  }
  if (target.type === 'discussion') {
    return toWritten(await createDiscussion(octokit, repository, { ...target, body }))
  }
  const { data } = await whereIssuesAre(() =>
    octokit.rest.issues.create({
      ...names(repository),
      title: target.title,
      labels: [target.label],
      body,
    }),
  )
  return { id: data.number, thread: data.number, body: data.body ?? body }
}

export async function readPost(octokit: Octokit, { repository, target }: Post, id: number) {
  return await unlessGone(async (): Promise<Found> => {
    if (target.type === 'comment') {
      const { data } = await octokit.rest.issues.getComment({
        ...names(repository),
        comment_id: id,
      })
      return { id, thread: target.thread, body: data.body ?? '', nonce: null }
    }
    if (target.type === 'discussion') {
      return { ...toWritten(await readDiscussion(octokit, repository, id)), nonce: null }
    }
    const { data } = await whereIssuesAre(() =>
      octokit.rest.issues.get({ ...names(repository), issue_number: id }),
    )
    return { id, thread: id, body: data.body ?? '', nonce: null }
  })
}

export async function update(
  octokit: Octokit,
  { repository, target }: Post,
  { id, body }: { id: number; body: string },
) {
  return await unlessGone(async (): Promise<Written> => {
    if (target.type === 'comment') {
      const { data } = await octokit.rest.issues.updateComment({
        ...names(repository),
        comment_id: id,
        body,
      })
      return { id, thread: target.thread, body: data.body ?? body }
    }
    if (target.type === 'discussion') {
      const { title } = target
      return toWritten(await updateDiscussion(octokit, repository, { number: id, title, body }))
    }
    const { data } = await whereIssuesAre(() =>
      octokit.rest.issues.update({
        ...names(repository),
        issue_number: id,
        title: target.title,
        body,
      }),
    )
    return { id, thread: id, body: data.body ?? body }
  })
}

export async function remove(octokit: Octokit, { repository }: Post, doubles: readonly Shown[]) {
  for (const { id } of doubles) {
    await octokit.rest.issues.deleteComment({ ...names(repository), comment_id: id })
  }
}

/** A discussion is known by its number, as an issue is. */
function toWritten({ number, body }: ShownDiscussion): Written {
  return { id: number, thread: number, body }
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

/** A comment or issue that a person deleted stays deleted; a repository that is away is not that. */
export async function unlessGone<Result>(request: () => Promise<Result>): Promise<Result | 'gone'> {
  try {
    return await request()
  } catch (error) {
    if (failureOf(error, new Date(0)).kind === 'gone') return 'gone'
    throw error
  }
}
