import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { defineCommand } from 'citty'
import { z } from 'zod'
import { UserError } from '../errors.ts'
import { ask } from './ask.ts'

const Saved = z.object({
  guid: z.string().optional(),
  event: z.string(),
  payload: z.record(z.string(), z.unknown()),
})

const Answer = z.object({ parked: z.array(z.unknown()) })

export const command = defineCommand({
  meta: {
    name: 'replay',
    description: 'Record deliveries from files, or kept ones again after a mended fault',
  },
  args: {
    file: {
      type: 'positional',
      description:
        'JSON files of {"event": "…", "payload": {…}}, each a delivery or a list of them',
      required: false,
    },
    parked: { type: 'boolean', description: 'try parked deliveries and jobs again' },
    kept: { type: 'boolean', description: 'record every kept delivery again' },
    format: { type: 'enum', options: ['md', 'json'], default: 'md', description: 'md or json' },
  },
  run: async ({ args }) => {
    const { parked = false, kept = false, format } = args
    if (args._.length === 0 && !parked && !kept) {
      throw new UserError('Nothing to replay: name a file, or use --parked or --kept.')
    }
    const deliveries = (await Promise.all(args._.map(readDeliveries))).flat()
    const reopen = kept ? 'all' : parked ? 'parked' : 'none'
    const { text, data } = await ask({ command: 'replay', deliveries, reopen })
    process.stdout.write(`${format === 'json' ? JSON.stringify(data, null, 2) : text}\n`)
    if (Answer.parse(data).parked.length > 0) process.exitCode = 1
  },
})

async function readDeliveries(file: string) {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UserError(`${file}: cannot be read.`)
  })
  const saved = z.union([Saved, z.array(Saved)]).safeParse(jsonOf(text, file))
  if (!saved.success) {
    throw new UserError(`${file}: is no delivery. Write {"event": "…", "payload": {…}}.`)
  }
  return [saved.data].flat().map(({ guid, event, payload }) => ({
    guid: guid ?? randomUUID(),
    event,
    body: JSON.stringify(payload),
  }))
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UserError(`${file}: is not JSON (${error instanceof Error ? error.message : error}).`)
  }
}
