import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { UserError } from '../errors.ts'
import {
  type AppManifest,
  convertCode,
  manifestFor,
  type RegisteredApp,
} from './app-registration.ts'
import { type Connection, loopbackOnly } from './loopback.ts'
import { ChooseOwner, ConfirmRegistration, Notice, SetupDone, setupStyle } from './setup-page.tsx'

export interface SetupOptions {
  /** from `newSetupToken`; printed on the terminal, never logged */
  token: string
  /** what `app.yml` says */
  manifest: AppManifest
  /** keeps the credentials; a UserError of it is shown on the page */
  save: (credentials: RegisteredApp['credentials']) => Promise<void>
  github: { apiUrl: string; htmlUrl: string }
  /** null: GitHub cannot reach this server yet */
  publicUrl: string | null
  webhookPath: string
  fetch: typeof fetch
  now: () => Date
}

type SetupEnvironment = { Bindings: Connection }

export function newSetupToken(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * The page that registers the App and saves its credentials: `/setup?token=…`.
 * Probot's own takes credentials from whoever reaches it, and believes a
 * proxy's headers; this one answers on the machine itself only, to whoever has
 * the token, once. After credentials were saved everything is 410.
 */
export function setupPage(options: SetupOptions): Hono<SetupEnvironment> {
  const { token, github, save, now } = options
  const states = returnStates(now)
  let open = true

  const page = new Hono<SetupEnvironment>()
  page.use(loopbackOnly, protections(github.htmlUrl), async (c, next) => {
    await next()
    c.header('cache-control', 'no-store')
  })
  page.get('/setup/style.css', (c) => c.body(setupStyle, 200, { 'content-type': 'text/css' }))
  page.use(async (c, next) => (open ? next() : c.html(Notice(closed), 410)))

  page.get('/setup', (c) => {
    if (!isSame(c.req.query('token') ?? '', token)) return c.html(Notice(unknownToken), 401)
    const organisation = c.req.query('organisation')?.trim()
    if (organisation === undefined) return c.html(ChooseOwner({ token }))
    if (!/^([a-z\d][a-z\d-]{0,38})?$/i.test(organisation)) return c.html(Notice(noSuchName), 400)
    return confirmation(c, organisation, options, states.issue())
  })

  page.get('/setup/return', async (c) => {
    const code = c.req.query('code') ?? ''
    if (!states.accepts(c.req.query('state') ?? '')) return c.html(Notice(unknownReturn), 401)
    if (!/^[\w-]{1,200}$/.test(code)) return c.html(Notice(noCode), 400)
    open = false
    try {
      const { credentials, installUrl } = await convertCode(code, options)
      await save(credentials)
      return c.html(SetupDone({ installUrl, complete: credentials.WEBHOOK_SECRET !== undefined }))
    } catch (error) {
      open = true
      if (!(error instanceof UserError)) throw error
      const text = `${error.message} Nothing was saved. Open the address from the terminal to begin again.`
      return c.html(Notice({ title: 'The App could not be set up', text }), 502)
    }
  })

  page.onError((error) => {
    throw error
  })
  return page
}

function confirmation(
  c: Context<SetupEnvironment>,
  organisation: string,
  { manifest, github, publicUrl, webhookPath }: SetupOptions,
  state: string,
) {
  const owner = organisation === '' ? '' : `/organizations/${organisation}`
  const webhookUrl = publicUrl === null ? null : `${publicUrl}${webhookPath}`
  const redirectUrl = new URL('/setup/return', c.req.url).href
  return c.html(
    ConfirmRegistration({
      action: `${github.htmlUrl}${owner}/settings/apps/new?state=${state}`,
      manifest: manifestFor(manifest, { publicUrl, webhookUrl, redirectUrl }),
      owner: organisation || 'your own account',
      webhookUrl,
      permissions: Object.entries(manifest.default_permissions).map(
        ([name, access]) => `${name}: ${access}`,
      ),
    }),
  )
}

/** `strict-origin`: the address of the page holds the token, and GitHub gets to see the origin alone. */
function protections(githubUrl: string) {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      formAction: ["'self'", githubUrl],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
    referrerPolicy: 'strict-origin',
    strictTransportSecurity: false,
    xFrameOptions: 'DENY',
  })
}

/** GitHub's manifest codes live for an hour, so longer makes no sense. */
const stateLifetime = 60 * 60 * 1000

/** Proof that a return from GitHub belongs to a form that this page made: signed, so none has to be remembered. */
function returnStates(now: () => Date) {
  const key = randomBytes(32)
  const signed = (issuedAt: string) =>
    `${issuedAt}.${createHmac('sha256', key).update(issuedAt).digest('base64url')}`
  return {
    issue: () => signed(String(now().getTime())),
    accepts: (state: string) => {
      const issuedAt = state.split('.', 1)[0] ?? ''
      return isSame(state, signed(issuedAt)) && now().getTime() - Number(issuedAt) <= stateLifetime
    },
  }
}

/** In constant time, whatever the lengths. */
function isSame(given: string, expected: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(expected))
}

const closed = {
  title: 'Set-up is closed',
  text: 'Credentials were saved, or are being saved right now. Restart Groundswell to use them.',
}
const unknownToken = {
  title: 'This address is not complete',
  text: 'Open the whole address that Groundswell printed on the terminal, with its token.',
}
const noSuchName = {
  title: 'That is not the name of an organisation',
  text: 'Go back and give the name as it stands in the address on GitHub: letters, digits and hyphens.',
}
const unknownReturn = {
  title: 'This return from GitHub is not known',
  text: 'It belongs to another set-up, or took more than an hour. Open the address from the terminal to begin again.',
}
const noCode = {
  title: 'GitHub sent no code',
  text: 'Open the address from the terminal to begin again.',
}
