import { defineCommand } from 'citty'
import { readEnvironment } from '../../config/environment.ts'
import { openLog } from '../log.ts'
import { startApp } from '../server.ts'
import { listenForCommands } from './control-socket.ts'
import { stopSignal } from './stop-signal.ts'

export const command = defineCommand({
  meta: {
    name: 'start',
    description: 'Run the App; without credentials, try it out on an invented project',
  },
  args: {
    role: {
      type: 'enum',
      options: ['all', 'web', 'worker'],
      description: 'which part of the App this process runs; ROLE, or all, if left out',
    },
  },
  run: async ({ args }) => {
    const environment = readEnvironment({
      ...process.env,
      ...(args.role === undefined ? {} : { ROLE: args.role }),
    })
    const { credentials, logLevel, production } = environment
    if (credentials === null) {
      const { tryOut } = await import('./try-out.ts')
      await tryOut(environment)
      return
    }
    const forPeople = process.stdout.isTTY && !production
    const log = openLog({ level: logLevel, forPeople })
    const app = await startApp({ environment, credentials, log, now: () => new Date() })
    const commands = environment.engine === 'embedded' ? await listenForCommands(app.deps) : null
    await stopSignal()
    log.info('Stopping: running jobs are finished first')
    commands?.close()
    await app.close()
    log.info('Stopped')
  },
})
