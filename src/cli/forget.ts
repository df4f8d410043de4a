import { defineCommand } from 'citty'
import { ask } from './ask.ts'

export const command = defineCommand({
  meta: {
    name: 'forget',
    description: 'Delete for good what is kept about an account, and never keep it again',
  },
  args: {
    login: { type: 'positional', description: 'a login on GitHub', required: true },
    format: { type: 'enum', options: ['md', 'json'], default: 'md', description: 'md or json' },
  },
  run: async ({ args }) => {
    const login = args.login.trim().replace(/^@/, '')
    const { text, data } = await ask({ command: 'forget', login })
    process.stdout.write(`${args.format === 'json' ? JSON.stringify(data, null, 2) : text}\n`)
  },
})
