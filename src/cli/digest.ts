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
    to: {
      type: 'string',
      description:
        'one place, like issue, discussion:Announcements or slack:community: shows exactly what goes there; all that are configured if left out',
    },
    publish: { type: 'boolean', description: 'send it, or edit what is there' },
    again: { type: 'boolean', description: 'send once more what was sent, or may have been' },
    format: { type: 'enum', options: ['md', 'json'], default: 'md', description: 'md or json' },
  },
  run: async ({ args }) => {
    const { of, week = null, to = null, publish = false, again = false, format } = args
    const { text, data } = await ask({ command: 'digest', of, week, to, publish, again })
    process.stdout.write(`${format === 'json' ? JSON.stringify(data, null, 2) : text}\n`)
  },
})
