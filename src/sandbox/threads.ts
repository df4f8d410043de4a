import type {
  Account,
  Comment,
  Label,
  PullRequest,
  Reaction,
  Repository,
  Thread,
} from './entities.ts'
import type { World } from './world.ts'

/** Opens an issue, or with `pull` a pull request, under the repository's next number. */
export function newThread(
  world: World,
  repository: Repository,
  given: {
    title: string
    body: string | null
    author: Account
    byApp?: boolean
    labels?: Label[]
    pull?: PullRequest
  },
): Thread {
  repository.lastNumber += 1
  const now = world.now()
  const thread: Thread = {
    id: world.nextId(),
    number: repository.lastNumber,
    title: given.title,
    body: given.body,
    author: given.author,
    open: true,
    stateReason: null,
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    closedBy: null,
    turns: [],
    labels: given.labels ?? [],
    comments: [],
    reactions: [],
    byApp: given.byApp ?? false,
    pull: given.pull ?? null,
  }
  addThread(repository, thread)
  return thread
}

/** Puts a thread in its place. */
export function addThread(repository: Repository, thread: Thread): void {
  repository.threads.set(thread.number, thread)
  repository.threadsById.set(thread.pull?.id ?? thread.id, thread)
  if (thread.pull === null) return
  const { id } = thread.author
  repository.pullsByAuthor.set(id, [...(repository.pullsByAuthor.get(id) ?? []), thread])
}

export function newComment(
  world: World,
  thread: Thread,
  given: { body: string; author: Account; byApp?: boolean },
): Comment {
  const now = world.now()
  const comment: Comment = {
    id: world.nextId(),
    body: given.body,
    author: given.author,
    createdAt: now,
    updatedAt: now,
    reactions: [],
    byApp: given.byApp ?? false,
  }
  thread.comments.push(comment)
  thread.updatedAt = now
  return comment
}

/** Changes title or body; what each was before, as webhooks tell it. */
export function editThread(
  world: World,
  thread: Thread,
  to: { title?: string | undefined; body?: string | null | undefined },
): Record<string, unknown> {
  const { title, body } = thread
  thread.title = to.title ?? title
  thread.body = to.body === undefined ? body : to.body
  thread.updatedAt = world.now()
  return {
    ...(thread.title !== title && { title: { from: title } }),
    ...(thread.body !== body && { body: { from: body ?? '' } }),
  }
}

/** Opens or closes; doing it twice changes nothing. */
export function setOpen(
  world: World,
  thread: Thread,
  to: { open: boolean; by: Account; reason?: Thread['stateReason'] },
): void {
  if (thread.open === to.open) return
  const now = world.now()
  thread.open = to.open
  thread.closedAt = to.open ? null : now
  thread.closedBy = to.open ? null : to.by
  thread.stateReason = thread.pull ? null : (to.reason ?? (to.open ? 'reopened' : 'completed'))
  thread.turns.push({ kind: to.open ? 'reopened' : 'closed', at: now })
  thread.updatedAt = now
}

/** Adds a reaction; the same one by the same account is found again instead. */
export function react(
  world: World,
  reactions: Reaction[],
  given: { content: string; user: Account },
): { reaction: Reaction; isNew: boolean } {
  const known = reactions.find(
    ({ content, user }) => content === given.content && user === given.user,
  )
  if (known) return { reaction: known, isNew: false }
  const reaction = { id: world.nextId(), ...given, createdAt: world.now() }
  reactions.push(reaction)
  return { reaction, isNew: true }
}
