import { type Kysely, sql } from 'kysely'

/** What repositories were called before, so that an address from then still leads to them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table former_names (
      owner_login text not null,
      name text not null,
      repository_id bigint not null,
      primary key (owner_login, name)
    );

    create function keep_former_name() returns trigger language plpgsql as $$
    begin
      insert into former_names (owner_login, name, repository_id)
      values (lower(old.owner_login), lower(old.name), old.id)
      on conflict (owner_login, name) do update set repository_id = excluded.repository_id;
      return null;
    end $$;
    create trigger repository_renamed after update on repositories for each row
      when (lower(old.owner_login) <> lower(new.owner_login) or lower(old.name) <> lower(new.name))
      execute function keep_former_name();
  `.execute(db)
}
