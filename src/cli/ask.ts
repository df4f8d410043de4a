import { type Environment, readEnvironment } from '../../config/environment.ts'
import { UserError } from '../errors.ts'
import { openLog } from '../log.ts'
import { open } from '../open.ts'
import { type CommandAnswer, type CommandRequest, carryOut } from './commands.ts'
import { askRunningApp } from './control-socket.ts'

/** Carries a command out: in the running App where it owns the folder, else here. */
export async function ask(request: CommandRequest): Promise<CommandAnswer> {
  const environment = readEnvironment(process.env)
  if (environment.engine === 'embedded') {
    const answer = await askRunningApp(environment.dataDirectory, request)
    if (answer !== null) return answer
  }
  return await carryOutHere(environment, request)
}

async function carryOutHere(
  environment: Environment,
  request: CommandRequest,
): Promise<CommandAnswer> {
  const { credentials } = environment
  if (credentials === null) {
    throw new UserError(
      'The App is not set up: APP_ID, PRIVATE_KEY or PRIVATE_KEY_PATH, and WEBHOOK_SECRET are not set. "groundswell start" shows how to register it.',
    )
  }
  // Standard output belongs to the answer.
  const log = openLog({ level: 'warn', forPeople: true, to: process.stderr })
  const opened = await open({ environment, credentials, log, now: () => new Date() })
  try {
    return await carryOut(request, opened.deps)
  } finally {
    await opened.close(1_000)
  }
}
