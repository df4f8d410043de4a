import { type Environment, readEnvironment } from '../../config/environment.ts'
import { UserError } from '../errors.ts'
import { openLog } from '../log.ts'
import { type Opened, open } from '../open.ts'
import { type CommandAnswer, type CommandRequest, carryOut } from './commands.ts'
import { askRunningApp } from './control-socket.ts'

export type Ask = (request: CommandRequest) => Promise<CommandAnswer>

/** Carries a command out: in the running App where it owns the folder, else here. */
export async function ask(request: CommandRequest): Promise<CommandAnswer> {
  return await asking(async (askOnce) => await askOnce(request))
}

/** The same for many requests: what has to be opened here is opened once. */
export async function asking<Result>(work: (ask: Ask) => Promise<Result>): Promise<Result> {
  const environment = readEnvironment(process.env)
  const here: { opened: Opened | null } = { opened: null }
  try {
    return await work(async (request) => {
      if (here.opened === null && environment.engine === 'embedded') {
        const answer = await askRunningApp(environment.dataDirectory, request)
        if (answer !== null) return answer
      }
      here.opened ??= await openHere(environment)
      return await carryOut(request, here.opened.deps)
    })
  } finally {
    await here.opened?.close(1_000)
  }
}

async function openHere(environment: Environment): Promise<Opened> {
  const { credentials } = environment
  if (credentials === null) {
    throw new UserError(
      'The App is not set up: APP_ID, PRIVATE_KEY or PRIVATE_KEY_PATH, and WEBHOOK_SECRET are not set. "groundswell start" shows how to register it.',
    )
  }
  // Standard output belongs to the answer.
  const log = openLog({ level: 'warn', forPeople: true, to: process.stderr })
  return await open({ environment, credentials, log, now: () => new Date() })
}
