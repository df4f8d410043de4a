import { gzipSync } from 'node:zlib'
import type { Delivery } from './builders.ts'

/** An event as GH Archive has it: with what the webhook of the same moment told, little about the repository, and nobody's membership. */
export interface ArchivedLine {
  id: string
  type: string
  actor: object
  repo: { id: number; name: string }
  payload: Record<string, unknown>
  public: true
  created_at: string
}

const types: Record<string, string> = {
  fork: 'ForkEvent',
  star: 'WatchEvent',
  issues: 'IssuesEvent',
  issue_comment: 'IssueCommentEvent',
  pull_request: 'PullRequestEvent',
  pull_request_review: 'PullRequestReviewEvent',
  pull_request_review_comment: 'PullRequestReviewCommentEvent',
  commit_comment: 'CommitCommentEvent',
  release: 'ReleaseEvent',
  push: 'PushEvent',
}

interface Named {
  id: number
  login: string
  full_name: string
}

/** The event that the timeline had for a delivery, `late` seconds after what it tells of. */
export function archived(
  { event, payload }: Delivery,
  { at, late = 0 }: { at: string; late?: number },
): ArchivedLine {
  const {
    repository,
    sender,
    organization: _,
    installation: __,
    starred_at: ___,
    ...rest
  } = payload
  const { id, full_name: name } = repository as Named // as: every builder gives one
  const { id: actorId, login } = sender as Named // as: see above
  return {
    id: '2489368070',
    type: types[event] ?? 'OtherEvent',
    actor: { id: actorId, login, gravatar_id: '' },
    repo: { id, name },
    payload: event === 'star' ? { action: 'started' } : rest,
    public: true,
    created_at: new Date(Date.parse(at) + late * 1000).toISOString().replace('.000Z', 'Z'),
  }
}

/** A file of these events, or of lines that are none. */
export function archiveFile(lines: readonly (object | string)[]): Buffer {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
  return gzipSync(`${text.join('\n')}\n`)
}
