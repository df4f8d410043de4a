import { defineCommand } from 'citty'
import { ask } from './ask.ts'

export const command = defineCommand({
  meta: { name: 'digest', description: 'Show the digest of a week, or publish it' },
  args: {
    of: {
      type: 'positional',
      description: 'owner/name, or owner for all of its repositories',
      required: true,
    },
    week: { type: 'string', description: 'like 2026-W47; the latest that is due if left out' },
    publish: { type: 'boolean', description: 'post it as an issue, or edit the one that is there' },
    format: { type: 'enum', options: ['md', 'json'], default: 'md', description: 'md or json' },
  },
  run: async ({ args }) => {
    const { of, week = null, publish = false, format } = args
    const { text, data } = await ask({ command: 'digest', of, week, publish })
    process.stdout.write(`${format === 'json' ? JSON.stringify(data, null, 2) : text}\n`)
  },
})
