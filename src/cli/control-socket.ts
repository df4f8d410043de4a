import { unlink } from 'node:fs/promises'
import { createServer, request, type Server } from 'node:http'
import { join, relative } from 'node:path'
import type { Deps } from '../deps.ts'
import { UserError } from '../errors.ts'
import { CommandAnswer, CommandRequest, carryOut } from './commands.ts'

/**
 * The way from the command line to the App that owns the embedded engine's
 * folder: HTTP over a socket in that folder, so whoever may read the folder may
 * ask, and nobody else.
 */
export async function listenForCommands(deps: Deps): Promise<Server> {
  const path = socketPath(deps.environment.dataDirectory)
  await unlink(path).catch(() => {}) // left by a process that was killed: the folder's lock is ours now
  const server = createServer(async (incoming, outgoing) => {
    const answer = (status: number, body: object) =>
      outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    try {
      const asked = CommandRequest.parse(JSON.parse(await textOf(incoming)))
      answer(200, await carryOut(asked, deps))
    } catch (error) {
      if (error instanceof UserError) return answer(422, { message: error.message })
      deps.log.error({ err: error }, 'A command could not be carried out')
      return answer(500, { message: 'The App could not carry this out; its log says why.' })
    }
    return undefined
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => resolve())
  })
  return server
}

/**
 * Asks the running App.
 * @returns null when none runs
 * @throws UserError with what the App answered
 */
export async function askRunningApp(
  dataDirectory: string,
  asked: CommandRequest,
): Promise<CommandAnswer | null> {
  const reply = await post(socketPath(dataDirectory), JSON.stringify(asked))
  if (reply === null) return null
  const body: unknown = JSON.parse(reply.text)
  if (reply.status === 200) return CommandAnswer.parse(body)
  throw new UserError(String((body as { message?: unknown }).message)) // as: written above
}

/** Paths of sockets may hold about a hundred characters: the shorter way to say the same is taken. */
function socketPath(dataDirectory: string): string {
  const path = join(dataDirectory, 'commands.sock')
  const other = relative(process.cwd(), path)
  return other.length < path.length ? other : path
}

function post(socket: string, body: string): Promise<{ status: number; text: string } | null> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' }
    const sent = request(
      { socketPath: socket, method: 'POST', path: '/', headers },
      async (response) => {
        resolve({ status: response.statusCode ?? 0, text: await textOf(response) })
      },
    )
    sent.on('error', (error: NodeJS.ErrnoException) => {
      // No socket, or one that nobody listens on any more: no App runs on this folder.
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(null)
      else reject(error)
    })
    sent.end(body)
  })
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
