import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, onTestFinished } from 'vitest'
import { type OpenDatabase, openEmbedded } from '../../src/store/database.ts'
import { copyTemplate } from './engine.ts'

/** An embedded engine that stays open when an App lets go of it. */
interface LentEngine {
  openEmbedded(): Promise<OpenDatabase>
}

/**
 * One embedded engine for all journeys of a file, one after the other: opening
 * takes more than most journeys do. Beside a journey that goes on, another gets
 * one of its own.
 */
export function sharedEngine(): { lend(): Promise<LentEngine> } {
  const opened: (() => Promise<void>)[] = []
  const free: OpenDatabase[] = []
  afterAll(async () => {
    for (const close of opened) await close()
  })
  const open = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'groundswell-shared-'))
    await copyTemplate(folder)
    const engine = await openEmbedded(folder)
    opened.push(async () => {
      await engine.close()
      await rm(folder, { recursive: true, force: true })
    })
    return engine
  }
  return {
    lend: async () => {
      const waiting = free.pop()
      if (waiting !== undefined) await empty(waiting)
      const engine = waiting ?? (await open())
      onTestFinished(() => {
        free.push(engine)
      })
      return { openEmbedded: async () => ({ ...engine, close: async () => {} }) }
    },
  }
}

/** Only what holds something: emptying a table takes longer than looking. */
async function empty({ db }: OpenDatabase): Promise<void> {
  await sql`
    do $$
    declare
      each record;
      holds boolean;
    begin
      for each in
        select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname in ('public', 'bullmq') and tablename not like '%migration%'
      loop
        execute format('select exists (select from %s)', each.name) into holds;
        if holds then
          execute format('truncate %s restart identity cascade', each.name);
        end if;
      end loop;
    end $$
  `.execute(db)
}
