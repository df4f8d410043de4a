import { raw } from 'hono/html'
import type { Account, Reaction, Review } from '../entities.ts'
import { Avatar, Instant, Page, Person } from './layout.tsx'
import type { Entry } from './timeline.ts'

export interface ThreadView {
  repository: string
  number: number
  title: string
  type: 'issue' | 'pull request' | 'discussion'
  state: string
  author: Account
  createdAt: Date
  body: string | null
  reactions: Reaction[]
  labels: string[]
  /** what a pull request brings; null for the others */
  change: { commits: number; files: string[]; from: string } | null
  entries: Entry[]
  /** who may speak through the form; null where nobody may */
  speakers: readonly { key: string; login: string }[] | null
  render(markdown: string): string
  /** written by the App */
  isOwn(account: Account): boolean
}

export function ThreadPage(view: ThreadView) {
  const { repository, number, title, type, state, author, createdAt, labels, change } = view
  return (
    <Page title={`${title} · ${type} #${number}`} repository={repository} tab={tabs[type]}>
      <h1>
        {title} <span class="number">{`#${number}`}</span>
      </h1>
      <div class="meta">
        <span class={`badge ${state}`}>{state.charAt(0).toUpperCase() + state.slice(1)}</span>
        <span class="quiet">
          <Person account={author} /> opened this {type} on <Instant at={createdAt} />
        </span>
        {labels.map((label) => (
          <span class="pill">{label}</span>
        ))}
      </div>
      {change === null ? null : (
        <p class="quiet">
          {`${change.commits} ${change.commits === 1 ? 'commit' : 'commits'} from ${change.from}, changing `}
          {change.files.join(', ')}
        </p>
      )}
      <Spoken view={view} by={author} at={createdAt} body={view.body} reactions={view.reactions} />
      {view.entries.map((entry) => (
        <EntryOf entry={entry} view={view} />
      ))}
      {view.speakers === null ? null : <SpeakForm view={view} speakers={view.speakers} />}
    </Page>
  )
}

const tabs = { issue: 'issues', 'pull request': 'pulls', discussion: 'discussions' } as const

function EntryOf({ entry, view }: { entry: Entry; view: ThreadView }) {
  switch (entry.kind) {
    case 'comment': {
      const { author, body, id, reactions, createdAt, updatedAt } = entry.comment
      const edited = updatedAt > createdAt ? updatedAt : null
      const { at, isReply } = entry
      return <Spoken {...{ view, by: author, at, body, reactions, id, edited, isReply }} />
    }
    case 'review':
      return <ReviewOf review={entry.review} view={view} />
    case 'merged':
      return (
        <p class="event">
          <Person account={entry.by} /> <strong>merged</strong> this on <Instant at={entry.at} />
        </p>
      )
    case 'closed':
      return (
        <p class="event">
          {entry.by === null ? 'Somebody' : <Person account={entry.by} />} <strong>closed</strong>{' '}
          this on <Instant at={entry.at} />
        </p>
      )
  }
}

const verdicts = {
  approved: 'approved this',
  changes_requested: 'asked for changes',
  commented: 'reviewed this',
} as const

function ReviewOf({ review, view }: { review: Review; view: ThreadView }) {
  const { author, submittedAt: at, body, comments } = review
  return (
    <>
      <p class="event">
        <Person account={author} /> <strong>{verdicts[review.state]}</strong> on <Instant at={at} />
      </p>
      {body === '' ? null : <Spoken view={view} by={author} at={at} body={body} reactions={[]} />}
      {comments.map((comment) => (
        <Spoken view={view} by={author} at={at} body={comment.body} reactions={comment.reactions} />
      ))}
    </>
  )
}

interface SpokenProps {
  view: ThreadView
  by: Account
  at: Date
  body: string | null
  reactions: Reaction[]
  id?: number
  /** null: never, or not known */
  edited?: Date | null
  isReply?: boolean
}

function Spoken(props: SpokenProps) {
  const { view, by, at, body, reactions, id, edited = null, isReply = false } = props
  const anchor = id === undefined ? {} : { id: anchorOf(view, id) }
  return (
    <article class={isReply ? 'entry reply' : 'entry'} {...anchor} aria-label={`By ${by.login}`}>
      <Avatar account={by} />
      <div class={view.isOwn(by) ? 'box own' : 'box'}>
        <header>
          <Person account={by} /> <Instant at={at} />
          {edited === null ? null : (
            <span>
              {'· edited '}
              <Instant at={edited} />
            </span>
          )}
        </header>
        {body ? (
          <div class="markdown">{raw(view.render(body))}</div>
        ) : (
          <p class="markdown quiet">No description was given.</p>
        )}
        <Reactions reactions={reactions} />
      </div>
    </article>
  )
}

/** As GitHub calls it at the end of an address. */
export function anchorOf({ type }: Pick<ThreadView, 'type'>, commentId: number): string {
  return `${type === 'discussion' ? 'discussion' : 'issue'}comment-${commentId}`
}

const emoji: Readonly<Record<string, string>> = {
  '+1': '👍',
  '-1': '👎',
  laugh: '😄',
  confused: '😕',
  heart: '❤️',
  hooray: '🎉',
  rocket: '🚀',
  eyes: '👀',
}

function Reactions({ reactions }: { reactions: Reaction[] }) {
  if (reactions.length === 0) return null
  const kinds = [...new Set(reactions.map(({ content }) => content))]
  return (
    <ul class="reactions" aria-label="Reactions">
      {kinds.map((kind) => {
        const by = reactions.filter(({ content }) => content === kind)
        const names = by.map(({ user }) => user.login).join(', ')
        return (
          <li class="pill" title={names}>
            <span role="img" aria-label={kind}>
              {emoji[kind] ?? kind}
            </span>
            {` ${by.length}`}
          </li>
        )
      })}
    </ul>
  )
}

function SpeakForm({
  view: { repository, number, type },
  speakers,
}: {
  view: ThreadView
  speakers: readonly { key: string; login: string }[]
}) {
  const path = type === 'discussion' ? 'discussions' : 'issues'
  return (
    <form class="say" method="post" action={`/${repository}/${path}/${number}/comments`}>
      <h2>Say something</h2>
      <p class="quiet">
        A comment here is a real comment for Groundswell. Try <code>/groundswell help</code>.
      </p>
      <label for="body">Comment</label>
      <textarea id="body" name="body" required maxlength={10000}>
        /groundswell status
      </textarea>
      <fieldset>
        <legend>As</legend>
        {speakers.map(({ key, login }, index) => (
          <label>
            <input type="radio" name="as" value={key} checked={index === 0} />{' '}
            {`${login}, a ${key}`}
          </label>
        ))}
      </fieldset>
      <button type="submit">Comment</button>
    </form>
  )
}
