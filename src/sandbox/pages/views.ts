import type { Account, Discussion, Thread } from '../entities.ts'
import { nameOf } from '../world.ts'
import type { Excerpt } from './front.tsx'
import { type References, renderMarkdown } from './markdown.ts'
import type { PagesOptions } from './options.ts'
import type { ThreadView } from './thread.tsx'
import { discussionStateOf, discussionTimeline, stateOf, timelineOf } from './timeline.ts'

/** All that the page of an issue or pull request shows. */
export function threadView(thread: Thread, repository: string, options: PagesOptions): ThreadView {
  const { number, title, author, createdAt, body, reactions, labels, pull } = thread
  return {
    ...common(repository, options),
    number,
    title,
    author,
    createdAt,
    body,
    reactions,
    type: pull === null ? 'issue' : 'pull request',
    state: stateOf(thread),
    labels: labels.map(({ name }) => name),
    change: pull && {
      commits: pull.commits.length,
      files: pull.files.map(({ filename }) => filename),
      from: pull.head.repository ? `${nameOf(pull.head.repository)}:${pull.head.branch}` : 'a fork',
    },
    entries: timelineOf(thread),
  }
}

export function discussionView(
  discussion: Discussion,
  repository: string,
  options: PagesOptions,
): ThreadView {
  const { number, title, author, createdAt, body } = discussion
  return {
    ...common(repository, options),
    number,
    title,
    author,
    createdAt,
    body,
    type: 'discussion',
    state: discussionStateOf(discussion),
    reactions: [],
    labels: [],
    change: null,
    entries: discussionTimeline(discussion),
  }
}

/** The App's latest comment, without the small print below it. */
export function commentExcerpt(thread: Thread, options: PagesOptions): Excerpt {
  const { render } = common(options.repository, options)
  const said = thread.comments.findLast(({ byApp }) => byApp)?.body ?? ''
  return { thread, html: render(said.split('\n\n<sub>', 1)[0] ?? '') }
}

/** The first headline of a digest. */
export function digestExcerpt(thread: Thread, options: PagesOptions): Excerpt {
  const { render } = common(options.repository, options)
  const [, headline = ''] = /^[-*] (.+)$/m.exec(thread.body ?? '') ?? []
  return { thread, html: render(headline) }
}

function common(repository: string, { github, guide, visitors }: PagesOptions) {
  const { world } = github()
  const speakers = Object.entries(visitors).map(([key, login]) => ({ key, login }))
  const { threads, discussions } = world.repository(repository)
  const references: References = {
    repository,
    hasAccount: (login) => world.findAccount(login) !== undefined,
    hasThread: (number) => threads.has(number) || discussions.has(number),
  }
  return {
    repository,
    render: (markdown: string) => renderMarkdown(markdown, references),
    isOwn: (account: Account) => account === world.bot,
    speakers: guide.told < guide.weeks ? null : speakers,
  }
}
