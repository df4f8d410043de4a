import type { Database } from './database.ts'

/** The value of that name, made once by whoever asks first and the same for every process after. */
export async function settingMadeOnce(
  db: Database,
  name: string,
  make: () => string,
): Promise<string> {
  await db
    .insertInto('settings')
    .values({ name, value: make() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return row.value
}
