import { createRequire } from 'node:module'
import type { Program } from './run-program.ts'

/** Our own file: a schema for it would take longer to load than most commands take to run. */
const { version, description }: { version: string; description: string } = createRequire(
  import.meta.url,
)('#package.json')

/** Every command of the command line; only the one that runs is loaded. */
export const program: Program = {
  meta: { name: 'groundswell', version, description },
  subCommands: {
    start: async () => (await import('./start.ts')).command,
    digest: async () => (await import('./digest.ts')).command,
    replay: async () => (await import('./replay.ts')).command,
    report: async () => (await import('./report.ts')).command,
    forks: async () => (await import('./forks.ts')).command,
    explain: async () => (await import('./explain.ts')).command,
    backfill: async () => (await import('./backfill.ts')).command,
    import: async () => (await import('./import.ts')).command,
    forget: async () => (await import('./forget.ts')).command,
    doctor: async () => (await import('./doctor.ts')).command,
  },
}
