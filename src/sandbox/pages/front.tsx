import { raw } from 'hono/html'
import type { Thread } from '../entities.ts'
import { Page } from './layout.tsx'
import { pathOf } from './lists.tsx'

/** A thread, and of what the App says in it the part worth showing; safe HTML, empty where it says nothing. */
export interface Excerpt {
  thread: Thread
  html: string
}

interface FrontProps {
  repository: string
  /** weeks told so far, of how many */
  told: number
  weeks: number
  /** newest first */
  digests: readonly Excerpt[]
  worthSeeing: readonly (Excerpt & { why: string })[]
  registered: boolean
}

export function FrontPage(props: FrontProps) {
  const { repository, told, weeks, digests, worthSeeing, registered } = props
  const done = told >= weeks
  return (
    <Page title="What openness returns" repository={null} {...(done ? {} : { refresh: 2 })}>
      <h1>Groundswell, tried out</h1>
      <p class="lead">
        This is an invented open model, <a href={`/${repository}/issues`}>{repository}</a>, on a
        GitHub that runs on your machine and nowhere else. {weeks} weeks of its life were told to
        Groundswell as GitHub would tell them. What you see below in Groundswell’s name is what it
        really wrote.
      </p>
      {done ? null : <p role="status">{`The story is being told: week ${told} of ${weeks}.`}</p>}
      <div class="columns">
        <section aria-labelledby="comments">
          <h2 id="comments">Comments worth seeing</h2>
          <ul class="rows">
            {worthSeeing.map(({ thread, why, html }) => (
              <li>
                <a class="title" href={pathOf(repository, thread)}>
                  {thread.title}
                </a>
                <div class="quiet">{why}</div>
                {html === '' ? null : <div class="markdown">{raw(html)}</div>}
              </li>
            ))}
          </ul>
          <p>
            Write a command yourself: every issue, pull request and{' '}
            <a href={`/${repository}/discussions`}>discussion</a> has a form at its end. The lab’s{' '}
            <a href={`/${repository}/checks`}>checks</a> show a configuration that was refused, and
            the one that mended it.
          </p>
        </section>
        <section aria-labelledby="digests">
          <h2 id="digests">Weekly digests</h2>
          <ul class="rows">
            {digests.map(({ thread, html }) => (
              <li>
                <a class="title" href={pathOf(repository, thread)}>
                  {thread.title}
                </a>
                {html === '' ? null : <div class="markdown line">{raw(html)}</div>}
              </li>
            ))}
          </ul>
        </section>
      </div>
      <h2 id="register">For your own project</h2>
      <p>
        {registered ? (
          <>
            Your App is registered, and its credentials are in <code>.env</code>. Stop the try-out
            and start again to use them.
          </>
        ) : (
          <>
            The terminal that runs this try-out shows the address of a page that registers
            Groundswell on GitHub as an App of your own. The address holds a token that is for you
            alone, so it is not here. Then stop the try-out and start again.
          </>
        )}
      </p>
    </Page>
  )
}

export function NotFoundPage({ repository }: { repository: string }) {
  return (
    <Page title="No such page" repository={null}>
      <h1>The try-out has no such page</h1>
      <p>
        On GitHub there would be one, perhaps somebody’s profile. Here are only{' '}
        <a href={`/${repository}/issues`}>issues</a>,{' '}
        <a href={`/${repository}/pulls`}>pull requests</a>, discussions, forks and checks of an
        invented project. <a href="/">Back to the start</a>
      </p>
    </Page>
  )
}

export function RefusalPage({ text }: { text: string }) {
  return (
    <Page title="Not said" repository={null}>
      <h1>That comment was not made</h1>
      <p>
        {text} <a href="/">Back to the start</a>
      </p>
    </Page>
  )
}
