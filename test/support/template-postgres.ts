import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openPostgresQueue } from '../../src/queue.ts'
import { openPostgres } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrations/index.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** its name on the server of TEST_DATABASE_URL */
    templatePostgres: string
  }
}

/** Makes one migrated database, which PostgreSQL copies for each test: migrating takes longer than all of a short test. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.TEST_DATABASE_URL ?? ''
  const name = `groundswell_template_${randomBytes(6).toString('hex')}`
  await onServer(server, `create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const open = openPostgres(url.href)
  await migrate(open.db)
  const queue = await openPostgresQueue(open.queuePool)
  await queue.close(0)
  await open.close()
  project.provide('templatePostgres', name)
  return async () => await onServer(server, `drop database if exists ${name} with (force)`)
}

/** A statement that is about a database as a whole. */
export async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
