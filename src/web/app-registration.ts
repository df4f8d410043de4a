import { z } from 'zod'
import { UserError } from '../errors.ts'

/** What the set-up page needs to know of `app.yml`; the rest goes to GitHub as it is. */
export const AppManifest = z.looseObject({
  name: z.string(),
  url: z.string(),
  hook_attributes: z.looseObject({ url: z.string() }),
  default_permissions: z.record(z.string(), z.string()),
})
export type AppManifest = z.output<typeof AppManifest>

/** What GitHub makes for a new App, as the environment names it. */
export interface RegisteredApp {
  credentials: { APP_ID: string; PRIVATE_KEY: string; WEBHOOK_SECRET?: string }
  /** where the App is installed on repositories */
  installUrl: string
}

const Conversion = z.object({
  id: z.number(),
  pem: z.string().includes('PRIVATE KEY'),
  webhook_secret: z.string().nullable(),
  html_url: z.string(),
})

/**
 * `app.yml` with the addresses of this server. GitHub does not take a webhook
 * without an address, so without one the placeholder stays and is switched off.
 */
export function manifestFor(
  manifest: AppManifest,
  {
    publicUrl,
    webhookUrl,
    redirectUrl,
  }: {
    publicUrl: string | null
    webhookUrl: string | null
    redirectUrl: string
  },
): string {
  const hook =
    webhookUrl === null
      ? { ...manifest.hook_attributes, active: false }
      : { ...manifest.hook_attributes, url: webhookUrl }
  return JSON.stringify({
    ...manifest,
    url: publicUrl ?? manifest.url,
    hook_attributes: hook,
    redirect_url: redirectUrl,
  })
}

/**
 * Trades the code that GitHub sent back for the App's credentials; a code works once.
 * @throws UserError when GitHub does not take it or cannot be reached
 */
export async function convertCode(
  code: string,
  {
    github,
    fetch,
  }: { github: { apiUrl: string; htmlUrl: string }; fetch: typeof globalThis.fetch },
): Promise<RegisteredApp> {
  const response = await fetch(
    `${github.apiUrl}/app-manifests/${encodeURIComponent(code)}/conversions`,
    {
      method: 'POST',
      headers: { accept: 'application/vnd.github+json', 'user-agent': 'groundswell' },
      redirect: 'error',
      signal: AbortSignal.timeout(15_000),
    },
  ).catch(() => null)
  if (response === null) throw new UserError(`GitHub could not be reached at ${github.apiUrl}.`)
  if (!response.ok) throw new UserError(`GitHub answered with status ${response.status}.`)

  const read = Conversion.safeParse(await response.json().catch(() => null))
  if (!read.success) throw new UserError('GitHub answered, but not with credentials of an App.')
  const { id, pem, webhook_secret: secret, html_url: page } = read.data
  return {
    credentials: {
      APP_ID: String(id),
      PRIVATE_KEY: pem,
      ...(secret !== null && { WEBHOOK_SECRET: secret }),
    },
    installUrl: page.startsWith(`${github.htmlUrl}/`)
      ? `${page}/installations/new`
      : github.htmlUrl,
  }
}
