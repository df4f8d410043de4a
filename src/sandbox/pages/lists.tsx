import type { Account, CheckRun, Discussion, Repository, Thread } from '../entities.ts'
import { Instant, Page, Person } from './layout.tsx'
import { discussionStateOf, stateOf } from './timeline.ts'

interface ThreadListProps {
  repository: string
  tab: 'issues' | 'pulls'
  /** newest first */
  threads: readonly Thread[]
  query: string
}

export function ThreadListPage({ repository, tab, threads, query }: ThreadListProps) {
  const what = tab === 'pulls' ? 'Pull requests' : 'Issues'
  return (
    <Page title={what} repository={repository} tab={tab}>
      <h1>
        {what} <span class="number">{threads.length}</span>
      </h1>
      {query === '' ? null : (
        <p>
          Found by <code>{query}</code> · <a href={`/${repository}/${tab}`}>show all</a>
        </p>
      )}
      <Rows
        rows={threads.map((thread) => ({
          ...thread,
          state: stateOf(thread),
          path: pathOf(repository, thread),
        }))}
      />
    </Page>
  )
}

/** Newest first. */
export function DiscussionListPage({
  repository,
  discussions,
}: {
  repository: string
  discussions: readonly Discussion[]
}) {
  return (
    <Page title="Discussions" repository={repository} tab="discussions">
      <h1>
        Discussions <span class="number">{discussions.length}</span>
      </h1>
      <Rows
        rows={discussions.map((discussion) => ({
          ...discussion,
          state: discussionStateOf(discussion),
          path: discussionPath(repository, discussion),
        }))}
      />
    </Page>
  )
}

interface Row {
  number: number
  title: string
  author: Account
  createdAt: Date
  state: string
  path: string
}

function Rows({ rows }: { rows: readonly Row[] }) {
  if (rows.length === 0) return <p class="quiet">Nothing is here.</p>
  return (
    <ul class="rows">
      {rows.map(({ number, title, author, createdAt, state, path }) => (
        <li>
          <span class={`badge ${state}`}>{state}</span>{' '}
          <a class="title" href={path}>
            {title}
          </a>
          <div class="quiet">
            {`#${number} · `}
            <Instant at={createdAt} /> · <Person account={author} />
          </div>
        </li>
      ))}
    </ul>
  )
}

export function discussionPath(repository: string, { number }: Pick<Discussion, 'number'>) {
  return `/${repository}/discussions/${number}`
}

export function pathOf(repository: string, { pull, number }: Pick<Thread, 'pull' | 'number'>) {
  return `/${repository}/${pull === null ? 'issues' : 'pull'}/${number}`
}

export function ChecksPage({
  repository,
  runs,
}: {
  repository: string
  runs: readonly CheckRun[]
}) {
  return (
    <Page title="Checks" repository={repository} tab="checks">
      <h1>Checks</h1>
      {runs.length === 0 ? <p class="quiet">Nothing was checked yet.</p> : null}
      <ul class="rows">
        {runs.map(({ name, conclusion, headSha, completedAt, output }) => (
          <li>
            <span class={`badge ${conclusion === 'success' ? 'open' : 'closed'}`}>
              {conclusion ?? 'running'}
            </span>{' '}
            <strong class="title">{output.title ?? name}</strong>
            <div class="quiet">
              {`${name} · commit ${headSha.slice(0, 7)}`}
              {completedAt === null ? null : (
                <>
                  {' · '}
                  <Instant at={completedAt} />
                </>
              )}
            </div>
            {output.summary
              ?.split('\n')
              .filter(Boolean)
              .map((line) => (
                <div>{line}</div>
              ))}
          </li>
        ))}
      </ul>
    </Page>
  )
}

export function ForksPage({
  repository,
  forks,
}: {
  repository: string
  forks: readonly Repository[]
}) {
  return (
    <Page title="Forks" repository={repository} tab="forks">
      <h1>
        Forks <span class="number">{forks.length}</span>
      </h1>
      <ul class="rows">
        {forks.map(({ owner, name, createdAt, pushedAt }) => (
          <li>
            <strong>{`${owner.login}/${name}`}</strong>
            <div class="quiet">
              forked <Instant at={createdAt} />
              {pushedAt > createdAt ? (
                <>
                  {' · pushed '}
                  <Instant at={pushedAt} />
                </>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
    </Page>
  )
}
