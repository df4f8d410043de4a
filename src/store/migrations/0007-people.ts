import { type Kysely, sql } from 'kysely'

/** What shows who is who, what people said about it, and who that makes one person. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table evidence (
      repository_id bigint not null,
      member text not null,
      by text not null,
      value text not null,
      source text not null,
      primary key (member, repository_id, by, value, source)
    );
    create index evidence_value on evidence (value, by, repository_id);
    create index evidence_repository on evidence (repository_id, source);

    insert into evidence
    select 0, 'signature:' || hash, 'account', account_id::text, 'commits'
    from signatures where account_id is not null
    union
    select 0, 'account:' || account_id, 'account', account_id::text, 'commits'
    from signatures where account_id is not null
    union
    select 0, 'signature:' || hash, 'login', lower(login), 'commits'
    from signatures where login is not null;

    alter table signatures
      drop column account_id,
      drop column login,
      add column asked_at timestamptz;

    create table refusals (
      one text not null,
      other text not null,
      refused_at timestamptz not null,
      primary key (one, other)
    );

    create table people (
      repository_id bigint not null,
      member text not null,
      person text not null,
      primary key (repository_id, member)
    );
    create index people_person on people (person, repository_id);
    create index people_member on people (member);

    create table unsettled_members (
      id bigint generated always as identity primary key,
      member text not null
    );
    insert into unsettled_members (member) select distinct member from evidence;
  `.execute(db)
}
