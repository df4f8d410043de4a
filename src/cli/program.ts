import { createRequire } from 'node:module'
import { z } from 'zod'
import type { Program } from './run-program.ts'

const { version, description } = z
  .object({ version: z.string(), description: z.string() })
  .parse(createRequire(import.meta.url)('#package.json'))

/** Every command of the command line; only the one that runs is loaded. */
export const program: Program = {
  meta: { name: 'groundswell', version, description },
  subCommands: {
    start: async () => (await import('./start.ts')).command,
    digest: async () => (await import('./digest.ts')).command,
    replay: async () => (await import('./replay.ts')).command,
    report: async () => (await import('./report.ts')).command,
    explain: async () => (await import('./explain.ts')).command,
    backfill: async () => (await import('./backfill.ts')).command,
    doctor: async () => (await import('./doctor.ts')).command,
  },
}
