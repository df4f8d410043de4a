import { sql } from 'kysely'
import type { Database } from './database.ts'
import { tracked } from './repositories.ts'

/**
 * The id of the repository with this name or, where none has it, of the last
 * that had it; as a subquery. Letter case does not matter. Empty where it is not
 * watched, and where not everybody may see it: no answer can tell the two apart.
 */
export function publicRepositoryNamed(db: Database, owner: string, name: string) {
  const [ownerLogin, repositoryName] = [owner.toLowerCase(), name.toLowerCase()]
  const today = tracked(db)
    .clearSelect()
    .select('repositories.id')
    .where(sql<boolean>`lower(owner_login) = ${ownerLogin}`)
    .where(sql<boolean>`lower(name) = ${repositoryName}`)
    .orderBy('repositories.seen_at', 'desc')
    .limit(1)
  const before = db
    .selectFrom('former_names')
    .select('repository_id')
    .where('owner_login', '=', ownerLogin)
    .where('name', '=', repositoryName)
  return tracked(db)
    .clearSelect()
    .select('repositories.id')
    .where('repositories.private', '=', false)
    .where('repositories.id', '=', sql<number>`coalesce((${today}), (${before}))`)
}
