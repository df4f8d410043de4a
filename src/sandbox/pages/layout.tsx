import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { DateTime } from 'luxon'
import type { Account } from '../entities.ts'
import { zone } from '../story/cast.ts'

const tabs = [
  { path: 'issues', name: 'Issues' },
  { path: 'pulls', name: 'Pull requests' },
  { path: 'discussions', name: 'Discussions' },
  { path: 'forks', name: 'Forks' },
  { path: 'checks', name: 'Checks' },
] as const

type Tab = (typeof tabs)[number]['path']

interface PageProps {
  title: string
  /** `owner/name`; null outside of one */
  repository: string | null
  tab?: Tab
  /** loads itself again after so many seconds */
  refresh?: number
  children: Child
}

/** What stands around every page. */
export function Page({ title, repository, tab, refresh, children }: PageProps) {
  return (
    <>
      {raw('<!doctype html>')}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          {refresh === undefined ? null : <meta http-equiv="refresh" content={String(refresh)} />}
          <title>{`${title} · Groundswell try-out`}</title>
          <link rel="stylesheet" href="/style.css" />
          <link rel="icon" href="data:," />
        </head>
        <body>
          <a class="skip" href="#content">
            Skip to the content
          </a>
          <aside class="tryout" aria-label="Try-out">
            <strong>Try-out:</strong> an invented project on this machine. This is not GitHub.{' '}
            <a href="/">What is this?</a>
          </aside>
          {repository === null ? null : <Top repository={repository} tab={tab} />}
          <main id="content">{children}</main>
        </body>
      </html>
    </>
  )
}

function Top({ repository, tab }: { repository: string; tab: Tab | undefined }) {
  return (
    <header class="top">
      <div>
        <div class="where">
          <a href={`/${repository}/issues`}>{repository.replace('/', ' / ')}</a>{' '}
          <span class="pill">Public</span>
        </div>
        <nav aria-label="Repository">
          {tabs.map(({ path, name }) => (
            <a href={`/${repository}/${path}`} aria-current={path === tab ? 'page' : undefined}>
              {name}
            </a>
          ))}
        </nav>
      </div>
    </header>
  )
}

export function Person({ account }: { account: Account }) {
  const isBot = account.type === 'Bot'
  return (
    <>
      <a class="person" href={`/${account.login}`}>
        {isBot ? account.login.replace(/\[bot\]$/, '') : account.login}
      </a>
      {isBot ? <span class="pill">bot</span> : null}
    </>
  )
}

export function Avatar({ account: { login, type } }: { account: Account }) {
  const hue = [...login].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % 8
  return (
    <span class={`avatar hue-${hue}${type === 'Bot' ? ' app' : ''}`} aria-hidden="true">
      {login.charAt(0).toUpperCase()}
    </span>
  )
}

export function Instant({ at }: { at: Date }) {
  const local = DateTime.fromJSDate(at, { zone }).setLocale('en-GB')
  return <time datetime={at.toISOString()}>{local.toFormat('d LLL yyyy, HH:mm')}</time>
}
