import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { parse } from 'yaml'
import type { Environment } from '../../config/environment.ts'
import { AppManifest } from '../web/app-registration.ts'
import { readingListener } from '../web/reading-listener.ts'
import { saveCredentials } from '../web/save-credentials.ts'
import { newSetupToken, setupPage } from '../web/setup.ts'

export interface SetUpServer {
  /** with its one-time token */
  url: string
  close(): Promise<void>
}

/** `app.yml`, which says what the App asks GitHub for. */
export function readAppManifest(): unknown {
  const file = createRequire(import.meta.url).resolve('#app.yml')
  return parse(readFileSync(file, 'utf8'))
}

/** The page that registers the App for real, on loopback, at a free port. */
export async function startSetUpServer(
  { github, publicUrl, webhookPath }: Environment,
  { log, onSaved }: { log: Logger; onSaved: () => void },
): Promise<SetUpServer> {
  const token = newSetupToken()
  const page = setupPage({
    token,
    manifest: AppManifest.parse(readAppManifest()),
    save: async (credentials) => {
      await saveCredentials('.env', credentials)
      onSaved()
    },
    github,
    publicUrl,
    webhookPath,
    fetch,
    now: () => new Date(),
  })
  const onFault = (error: unknown) => log.error({ err: error }, 'The set-up page failed')
  const server = createServer(readingListener(page, onFault))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo // as: a TCP server has one
  return {
    url: `http://127.0.0.1:${port}/setup?token=${token}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}
