import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { until } from './until.ts'

const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url))

/** The App as it runs in production: the built command line, in a process of its own. */
export interface AppProcess {
  url: string
  pid: number
  /** what it wrote so far, both streams */
  readonly output: string
  kill(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

/** Starts it and waits until it listens. `env` must name the port. */
export async function startAppProcess(
  env: Record<string, string>,
  cwd: string,
): Promise<AppProcess> {
  const child = spawnCommand(['start'], env, cwd)
  const written = gather(child)
  const url = `http://127.0.0.1:${env.PORT}`
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`The App ended at once:\n${written.text}`)
    return await fetch(`${url}/health`).then(
      () => true,
      () => false,
    )
  }, 60_000)
  return {
    url,
    pid: child.pid ?? 0,
    get output() {
      return written.text
    },
    kill: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) {
        return { code: child.exitCode, signal: child.signalCode }
      }
      const exited = once(child, 'exit')
      child.kill(signal)
      const [code, by] = await exited
      return { code, signal: by }
    },
  }
}

/** Runs one command to its end. */
export async function runCommand(args: string[], env: Record<string, string>, cwd: string) {
  const child = spawnCommand(args, env, cwd)
  const written = gather(child)
  const [code] = await once(child, 'close')
  return { code, output: written.text }
}

function spawnCommand(args: string[], env: Record<string, string>, cwd: string): ChildProcess {
  // Only what the test gives, so that credentials of the person who runs it play no part.
  const { PATH = '' } = process.env
  return spawn(process.execPath, [main, ...args], { cwd, env: { PATH, ...env } })
}

function gather(child: ChildProcess): { text: string } {
  const written = { text: '' }
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      written.text += chunk
    })
  }
  return written
}

/** A port that nobody listens on now; a process that is killed and started again keeps it. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}
