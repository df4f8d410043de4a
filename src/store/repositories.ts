import { sql } from 'kysely'
import type { Database, RepositoryTable } from './database.ts'

/** A repository that an installation covers, with what publishing to it needs. */
export interface TrackedRepository {
  id: number
  installationId: number
  ownerLogin: string
  ownerType: RepositoryTable['owner_type']
  name: string
  defaultBranch: string
  private: boolean
  archived: boolean
  trackedAt: Date
  configuration: object | null
  configurationProblem: string | null
  /** what is in an old spelling */
  configurationNotice: string | null
}

/** What an installation covers. */
export const tracked = (db: Database) =>
  db
    .selectFrom('repositories')
    .innerJoin('installations', 'installations.id', 'repositories.installation_id')
    .where('repositories.tracked_at', 'is not', null)
    .where('repositories.untracked_at', 'is', null)
    .where('installations.deleted_at', 'is', null)
    .selectAll('repositories')

function toTracked(row: RepositoryTable): TrackedRepository {
  return {
    id: row.id,
    installationId: row.installation_id ?? 0, // joined above: never null
    ownerLogin: row.owner_login,
    ownerType: row.owner_type,
    name: row.name,
    defaultBranch: row.default_branch,
    private: row.private,
    archived: row.archived,
    trackedAt: row.tracked_at ?? row.seen_at, // selected above: never null
    configuration: row.configuration,
    configurationProblem: row.configuration_problem,
    configurationNotice: row.configuration_notice,
  }
}

/** Whether facts of this repository are kept. */
export async function isTracked(db: Database, repositoryId: number): Promise<boolean> {
  const row = await tracked(db)
    .where('repositories.id', '=', repositoryId)
    .select('repositories.id')
    .executeTakeFirst()
  return row !== undefined
}

/** The installation through which facts of this repository are kept; null when none covers it. */
export async function installationOf(db: Database, repositoryId: number): Promise<number | null> {
  const row = await tracked(db).where('repositories.id', '=', repositoryId).executeTakeFirst()
  return row?.installation_id ?? null
}

/** Null when it is unknown, left, or its installation is suspended: then nothing may be posted. */
export async function publishableRepository(
  db: Database,
  repositoryId: number,
): Promise<TrackedRepository | null> {
  const row = await tracked(db)
    .where('repositories.id', '=', repositoryId)
    .where('installations.suspended', '=', false)
    .executeTakeFirst()
  return row === undefined ? null : toTracked(row)
}

/** Every repository that may be posted to, archived ones left out. */
export async function publishableRepositories(db: Database): Promise<TrackedRepository[]> {
  const rows = await tracked(db)
    .where('installations.suspended', '=', false)
    .where('repositories.archived', '=', false)
    .orderBy('repositories.id')
    .execute()
  return rows.map(toTracked)
}

/** Every repository that an installation covers, by number. */
export async function trackedRepositories(db: Database): Promise<TrackedRepository[]> {
  const rows = await tracked(db).orderBy('repositories.id').execute()
  return rows.map(toTracked)
}

/** By `owner/name`, as GitHub last called it; letter case does not matter. */
export async function repositoryNamed(
  db: Database,
  owner: string,
  name: string,
): Promise<TrackedRepository | null> {
  const row = await tracked(db)
    .where(sql<boolean>`lower(owner_login) = ${owner.toLowerCase()}`)
    .where(sql<boolean>`lower(name) = ${name.toLowerCase()}`)
    .executeTakeFirst()
  return row === undefined ? null : toTracked(row)
}

export interface Tracking {
  repositoryId: number
  installationId: number
  /** when GitHub said so; the latest word wins, and at the same instant "covered" wins */
  at: Date
  fullName: string
  private: boolean
  ownerId: number
  ownerLogin: string
  ownerType: RepositoryTable['owner_type']
}

/** An installation covers this repository. A delivery through the installation says so too. */
export async function track(db: Database, tracking: Tracking): Promise<void> {
  await db
    .insertInto('repositories')
    .values({
      id: tracking.repositoryId,
      installation_id: tracking.installationId,
      owner_id: tracking.ownerId,
      owner_login: tracking.ownerLogin,
      owner_type: tracking.ownerType,
      name: tracking.fullName.slice(tracking.fullName.indexOf('/') + 1),
      // An installation's list has no more than the name; the first full payload replaces the rest.
      default_branch: 'main',
      private: tracking.private,
      archived: false,
      stars: 0,
      forks: 0,
      seen_at: new Date(0),
      tracked_at: tracking.at,
      tracking_seen_at: tracking.at,
    })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({
          installation_id: tracking.installationId,
          tracked_at: sql`least(coalesce(repositories.tracked_at, excluded.tracked_at), excluded.tracked_at)`,
          untracked_at: null,
          tracking_seen_at: tracking.at,
        })
        .where((where) =>
          where.or([
            where('repositories.tracking_seen_at', 'is', null),
            where('repositories.tracking_seen_at', '<=', tracking.at),
          ]),
        ),
    )
    .execute()
}

/** A delivery tells of an instant before the one from which on the repository was thought to be known. */
export async function knownSince(db: Database, repositoryId: number, at: Date): Promise<void> {
  await db
    .updateTable('repositories')
    .set({ tracked_at: at })
    .where('id', '=', repositoryId)
    .where('tracked_at', '>', at)
    .execute()
}

/** The installation no longer covers it; its data is erased after the grace period. */
export async function untrack(db: Database, repositoryId: number, at: Date): Promise<void> {
  await db
    .updateTable('repositories')
    .set({ untracked_at: at, tracking_seen_at: at })
    .where('id', '=', repositoryId)
    .where((where) =>
      where.or([where('tracking_seen_at', 'is', null), where('tracking_seen_at', '<', at)]),
    )
    .execute()
}

/**
 * Keeps what is in force from now on, the first problem of what is not, and the
 * first thing in an old spelling. Of two readings at the same time the later
 * one stays.
 */
export async function keepConfiguration(
  db: Database,
  repositoryId: number,
  reading: { at: Date; configuration: object; problem: string | null; notice: string | null },
): Promise<void> {
  await db
    .updateTable('repositories')
    .set({
      configuration_read_at: reading.at,
      configuration_problem: reading.problem,
      configuration_notice: reading.notice,
      configuration: sql`${JSON.stringify(reading.configuration)}::jsonb`,
    })
    .where('id', '=', repositoryId)
    .where((where) =>
      where.or([
        where('configuration_read_at', 'is', null),
        where('configuration_read_at', '<=', reading.at),
      ]),
    )
    .execute()
}

/** Ids of every tracked repository of an organisation or user. */
export async function repositoriesOfOwner(db: Database, ownerId: number): Promise<number[]> {
  const rows = await tracked(db).where('repositories.owner_id', '=', ownerId).execute()
  return rows.map(({ id }) => id)
}

/** Ids of every repository that an installation covers. */
export async function trackedIn(db: Database, installationId: number): Promise<number[]> {
  const rows = await tracked(db)
    .where('repositories.installation_id', '=', installationId)
    .execute()
  return rows.map(({ id }) => id)
}
