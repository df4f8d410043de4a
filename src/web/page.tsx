import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'

interface PageProps {
  title: string
  /** from this page's address, so that a proxy may put a path before all of them */
  style: string
  children: Child
}

/** What stands around everything that anybody may read. */
export function Page({ title, style, children }: PageProps) {
  return (
    <>
      {raw('<!doctype html>')}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{`${title} · Groundswell`}</title>
          <link rel="stylesheet" href={style} />
          <link rel="icon" href="data:," />
        </head>
        <body>
          <a class="skip" href="#content">
            Skip to the content
          </a>
          <header>
            <p>Groundswell</p>
          </header>
          <main id="content">{children}</main>
        </body>
      </html>
    </>
  )
}
