import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'

/** The words and forms of the set-up page. Every value is escaped by the renderer. */

export const setupStyle = `
:root { color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 38rem; padding: 3rem 1.25rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
label { display: block; font-weight: 600; }
input, button { box-sizing: border-box; font: inherit; padding: .5rem .75rem; border-radius: .375rem; }
input { border: 1px solid GrayText; margin: .25rem 0 .75rem; width: 100%; }
button { background: #0969da; border: 0; color: #fff; cursor: pointer; font-weight: 600; }
:focus-visible { outline: 3px solid #54aeff; outline-offset: 2px; }
dt { font-weight: 600; }
dd { margin: 0 0 .75rem; overflow-wrap: anywhere; }
`

function Page({ title, children }: { title: string; children: Child }) {
  return (
    <>
      {raw('<!doctype html>')}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{`${title} · Groundswell`}</title>
          <link rel="stylesheet" href="/setup/style.css" />
        </head>
        <body>
          <main>
            <h1>{title}</h1>
            {children}
          </main>
        </body>
      </html>
    </>
  )
}

export function ChooseOwner({ token }: { token: string }) {
  return (
    <Page title="Set up Groundswell">
      <p>
        Groundswell acts on GitHub as an App of your own. This page registers it and keeps its
        credentials in the <code>.env</code> file of this folder.
      </p>
      <form method="get" action="/setup">
        <input type="hidden" name="token" value={token} />
        <label for="organisation">Organisation that will own the App</label>
        <input
          id="organisation"
          name="organisation"
          aria-describedby="organisation-hint"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
        />
        <p id="organisation-hint">
          Its name as in the address on GitHub. Leave it empty to own the App yourself.
        </p>
        <button type="submit">Continue</button>
      </form>
    </Page>
  )
}

export interface Registration {
  /** where on GitHub the manifest is sent */
  action: string
  /** JSON */
  manifest: string
  owner: string
  /** null: GitHub has no address to deliver to yet */
  webhookUrl: string | null
  /** `issues: write` */
  permissions: string[]
}

export function ConfirmRegistration(registration: Registration) {
  const { action, manifest, owner, webhookUrl, permissions } = registration
  return (
    <Page title="Register the App on GitHub">
      <dl>
        <dt>Owner</dt>
        <dd>{owner}</dd>
        <dt>Deliveries go to</dt>
        <dd>
          {webhookUrl ??
            'nowhere yet. Set PUBLIC_URL and begin again, or switch the webhook on in the settings of the App later.'}
        </dd>
        <dt>Permissions</dt>
        <dd>{permissions.join(', ')}</dd>
      </dl>
      <form method="post" action={action}>
        <input type="hidden" name="manifest" value={manifest} />
        <button type="submit">Continue on GitHub</button>
      </form>
      <p>GitHub lets you choose another name for the App, then sends you back here.</p>
    </Page>
  )
}

export function SetupDone({ installUrl, complete }: { installUrl: string; complete: boolean }) {
  return (
    <Page title="The App is registered">
      <p>
        Its credentials are in <code>.env</code>, readable by you alone. Restart Groundswell to use
        them; this page is closed now.
      </p>
      {complete ? null : (
        <p>
          GitHub made the App without a webhook secret. Set a long random one in the settings of the
          App and as <code>WEBHOOK_SECRET</code> in <code>.env</code> before you restart.
        </p>
      )}
      <p>
        Then <a href={installUrl}>choose the repositories</a> it should watch.
      </p>
    </Page>
  )
}

export function Notice({ title, text }: { title: string; text: string }) {
  return (
    <Page title={title}>
      <p>{text}</p>
    </Page>
  )
}
