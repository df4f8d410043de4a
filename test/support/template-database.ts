import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openPostgresQueue } from '../../src/queue.ts'
import { openEmbedded } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrations/index.ts'

declare module 'vitest' {
  interface ProvidedContext {
    templateDatabase: string
  }
}

/**
 * Makes one migrated folder of the embedded engine, which tests copy: making
 * one takes seconds, opening a copy a fraction of one.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'groundswell-template-'))
  const database = join(folder, 'database')
  const open = await openEmbedded(database)
  await migrate(open.db)
  const queue = await openPostgresQueue(open.queuePool)
  await queue.close(0)
  await open.close()
  project.provide('templateDatabase', database)
  return async () => await rm(folder, { recursive: true, force: true })
}
