import { defineCommand } from 'citty'
import { z } from 'zod'
import { asking } from './ask.ts'
import { progressLine } from './progress-line.ts'

const Data = z.looseObject({
  done: z.boolean(),
  failure: z.string().nullish(),
  commits: z.looseObject({ failure: z.string().nullable() }).optional(),
})

export const command = defineCommand({
  meta: { name: 'backfill', description: 'Read the history of a repository from GitHub' },
  args: {
    of: { type: 'positional', description: 'owner/name', required: true },
    again: { type: 'boolean', description: 'read all of it once more' },
    format: { type: 'enum', options: ['md', 'json'], default: 'md', description: 'md or json' },
  },
  run: async ({ args }) => {
    const { of, again = false, format } = args
    const progress = progressLine(process.stderr)
    const request = { command: 'backfill', of, again } as const
    const { text, data } = await asking(async (ask) => {
      const estimated = await ask({ ...request, step: 'estimate' })
      process.stderr.write(`${estimated.text}\n`)
      let answer = await ask({ ...request, step: 'begin' })
      while (!Data.parse(answer.data).done) {
        progress.show(answer.text)
        answer = await ask({ ...request, step: 'continue' })
      }
      return answer
    })
    progress.end()
    process.stdout.write(`${format === 'json' ? JSON.stringify(data, null, 2) : text}\n`)
    const { failure, commits } = Data.parse(data)
    if (failure != null || commits?.failure != null) process.exitCode = 1
  },
})
