import { type Kysely, sql } from 'kysely'

/** What is worked out of facts and kept, and the marks that say what of it is to be worked out anew. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table stale (
      id bigint generated always as identity primary key,
      repository_id bigint not null,
      day date,
      thread integer,
      member text
    );
    create index stale_repository on stale (repository_id);
    create index stale_day on stale (repository_id, day) where day is not null;
    create index stale_thread on stale (repository_id, thread) where thread is not null;

    create table work_days (
      repository_id bigint not null,
      member text not null,
      day date not null,
      kind text not null,
      count integer not null,
      first_at timestamptz not null,
      last_at timestamptz not null,
      primary key (repository_id, member, day, kind)
    );
    create index work_days_day on work_days (repository_id, day);

    create table member_spans (
      repository_id bigint not null,
      member text not null,
      first_at timestamptz not null,
      last_at timestamptz not null,
      merges integer not null,
      primary key (repository_id, member)
    );
    create index member_spans_first on member_spans (repository_id, first_at);
    create index member_spans_member on member_spans (member);

    create table thread_waits (
      repository_id bigint not null,
      number integer not null,
      waits_until timestamptz not null,
      began_at timestamptz,
      answered_at timestamptz,
      primary key (repository_id, number)
    );
    create index thread_waits_until on thread_waits (repository_id, waits_until);

    create table week_measures (
      repository_id bigint not null,
      week_from timestamptz not null,
      week_to timestamptz not null,
      basis text not null,
      measures jsonb not null,
      primary key (repository_id, week_from, week_to)
    );

    create table rollups (
      repository_id bigint primary key,
      basis text not null
    );

    create index facts_ready on facts (repository_id, thread)
      where kind = 'pull_request.ready_for_review';

    insert into stale (repository_id, day)
    select distinct repository_id, (occurred_at at time zone 'UTC')::date from facts;
  `.execute(db)
  await marksOfFacts(db)
  await marksOfThreads(db)
  await marksOfPeople(db)
  await marksOfSides(db)
  await marksOfCounts(db)
}

async function marksOfFacts(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- The thread that a fact answers in, or makes ready.
    create function thread_answered(kind text, thread integer) returns integer
    language sql immutable as $$
      select case when kind in ('issue_comment.created', 'discussion_comment.created',
        'pull_request_review.submitted', 'pull_request_review_comment.created',
        'pull_request.ready_for_review') then thread end
    $$;

    create function mark_facts_told() returns trigger language plpgsql as $$
    begin
      insert into stale (repository_id, day)
      select distinct repository_id, (occurred_at at time zone 'UTC')::date from told;
      insert into stale (repository_id, thread)
      select distinct repository_id, thread_answered(kind, thread) from told
      where thread_answered(kind, thread) is not null;
      return null;
    end $$;
    create trigger facts_inserted after insert on facts
      referencing new table as told for each statement execute function mark_facts_told();
    create trigger facts_deleted after delete on facts
      referencing old table as told for each statement execute function mark_facts_told();

    create function mark_facts_changed() returns trigger language plpgsql as $$
    begin
      insert into stale (repository_id, day, thread)
      select distinct repository_id, marked.day, marked.thread
      from former
      join latter using (repository_id, kind, key)
      cross join lateral (values
        ((former.occurred_at at time zone 'UTC')::date, null),
        ((latter.occurred_at at time zone 'UTC')::date, null),
        (null, thread_answered(kind, former.thread)),
        (null, thread_answered(kind, latter.thread))
      ) as marked (day, thread)
      where former is distinct from latter and coalesce(marked.day::text, marked.thread::text) is not null;
      return null;
    end $$;
    create trigger facts_updated after update on facts
      referencing old table as former new table as latter
      for each statement execute function mark_facts_changed();

    create function mark_retracted() returns trigger language plpgsql as $$
    begin
      insert into stale (repository_id, day, thread)
      with gone as (
        select facts.repository_id, (facts.occurred_at at time zone 'UTC')::date as day,
          thread_answered(facts.kind, facts.thread) as thread
        from told
        join facts using (repository_id, kind, key)
        union
        -- With its opening the whole thread is gone, and what was done in it belongs to nothing.
        select facts.repository_id, (min(facts.occurred_at) at time zone 'UTC')::date, facts.thread
        from told
        join facts on facts.repository_id = told.repository_id
          and facts.thread = case when told.key ~ '^[0-9]{1,9}$' then told.key::integer end
        where told.kind in ('issues.opened', 'discussion.created')
        group by facts.repository_id, facts.thread
      )
      select repository_id, day, null from gone
      union
      select repository_id, null, thread from gone where thread is not null;
      return null;
    end $$;
    create trigger retractions_inserted after insert on retractions
      referencing new table as told for each statement execute function mark_retracted();
    create trigger retractions_deleted after delete on retractions
      referencing old table as told for each statement execute function mark_retracted();
  `.execute(db)
}

async function marksOfThreads(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Days on which something counts that a thread's state decides, of its state before or after.
    create function days_of_thread(thread threads, is_whole boolean) returns setof date
    language sql stable as $$
      select (thread.merged_at at time zone 'UTC')::date where thread.merged_at is not null
      union
      select (occurred_at at time zone 'UTC')::date
      from facts
      where repository_id = thread.repository_id and kind = 'commit.authored'
        and key = thread.merge_sha
      union
      select (min(occurred_at) at time zone 'UTC')::date
      from facts
      where is_whole and repository_id = thread.repository_id and facts.thread = thread.number
    $$;

    create function mark_threads_told() returns trigger language plpgsql as $$
    begin
      insert into stale (repository_id, thread) select repository_id, number from told;
      insert into stale (repository_id, day)
      select distinct told.repository_id, days.day
      from told
      cross join lateral days_of_thread(told::threads, true) as days (day)
      where days.day is not null;
      return null;
    end $$;
    create trigger threads_inserted after insert on threads
      referencing new table as told for each statement execute function mark_threads_told();
    create trigger threads_deleted after delete on threads
      referencing old table as told for each statement execute function mark_threads_told();

    create function mark_threads_changed() returns trigger language plpgsql as $$
    begin
      insert into stale (repository_id, thread)
      select repository_id, number
      from former
      join latter using (repository_id, number)
      where (former.type, former.draft, former.closed_at, former.created_at, former.author_id)
        is distinct from (latter.type, latter.draft, latter.closed_at, latter.created_at, latter.author_id);
      insert into stale (repository_id, day)
      select distinct repository_id, days.day
      from former
      join latter using (repository_id, number)
      cross join lateral (
        select days_of_thread(former::threads, former.author_id is distinct from latter.author_id)
        union
        select days_of_thread(latter::threads, false)
      ) as days (day)
      where days.day is not null
        and (former.created_at, former.author_id, former.merged_at, former.merge_sha)
          is distinct from (latter.created_at, latter.author_id, latter.merged_at, latter.merge_sha);
      return null;
    end $$;
    create trigger threads_updated after update on threads
      referencing old table as former new table as latter
      for each statement execute function mark_threads_changed();
  `.execute(db)
}

async function marksOfSides(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- From when on somebody is on another side than before one of their rows changed; null: never.
    -- They are outside before out_until and after out_after, see wasOutside in people.ts.
    create function side_changed_from(now associations, first_at timestamptz, last_at timestamptz)
    returns timestamptz language sql stable as $$
      with spans as (
        select is_former,
          min(span.first_at) filter (where inside) as inside_first,
          min(span.last_at) filter (where inside) as inside_last,
          min(span.first_at) filter (where not inside) as outside_first,
          min(span.last_at) filter (where not inside) as outside_last
        from (
          select is_former, inside, each.first_at, each.last_at
          from associations as each
          cross join (values (true), (false)) as at (is_former)
          where each.repository_id = now.repository_id and each.account_id = now.account_id
            and not (is_former and each.inside = now.inside)
          union all
          select true, now.inside, first_at, last_at where first_at is not null
          union all
          select is_former, null, null, null from (values (true), (false)) as at (is_former)
        ) as span
        group by is_former
      ), turns as (
        select is_former,
          case when inside_first is null then 'infinity'
            when outside_first < inside_first then inside_first else '-infinity' end as out_until,
          case when outside_last > inside_last then inside_last else 'infinity' end as out_after
        from spans
      )
      select least(
        case when former.out_until <> latter.out_until
          then least(former.out_until, latter.out_until) end,
        case when former.out_after <> latter.out_after
          then least(former.out_after, latter.out_after) end)
      from turns as former
      join turns as latter on not latter.is_former
      where former.is_former
    $$;

    -- A whole life on another side is somebody's and that of everybody who is one with them.
    create function mark_side(repository bigint, account bigint, at timestamptz) returns void
    language sql as $$
      insert into stale (repository_id, day)
      select repository, (at at time zone 'UTC')::date where at > '-infinity';
      insert into stale (repository_id, member)
      select repository, companion
      from companions_of(array['account:' || account]) as companion
      where at = '-infinity'
    $$;

    create function mark_sides_told() returns trigger language plpgsql as $$
    begin
      perform mark_side(told.repository_id, told.account_id,
        side_changed_from(told::associations, null, null))
      from told;
      return null;
    end $$;
    create trigger associations_inserted after insert on associations
      referencing new table as told for each statement execute function mark_sides_told();

    create function mark_sides_gone() returns trigger language plpgsql as $$
    begin
      perform mark_side(told.repository_id, told.account_id, '-infinity') from told;
      return null;
    end $$;
    create trigger associations_deleted after delete on associations
      referencing old table as told for each statement execute function mark_sides_gone();

    create function mark_sides_changed() returns trigger language plpgsql as $$
    begin
      perform mark_side(latter.repository_id, latter.account_id,
        side_changed_from(latter::associations, former.first_at, former.last_at))
      from former
      join latter using (repository_id, account_id, inside)
      where former is distinct from latter;
      return null;
    end $$;
    create trigger associations_updated after update on associations
      referencing old table as former new table as latter
      for each statement execute function mark_sides_changed();
  `.execute(db)
}

async function marksOfPeople(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function companions_of(members text[]) returns setof text language sql stable as $$
      select unnest(members)
      union
      select other.member
      from people as own
      join people as other on other.person = own.person
      where own.member = any(members)
    $$;

    -- Wherever anything is known of them.
    create function mark_members(members text[]) returns void language sql as $$
      insert into stale (repository_id, member)
      select distinct repository_id, member from member_spans where member = any(members)
    $$;

    -- Whose signature it is says whose work is theirs; an account also brings a side and a group.
    create function mark_persons(changed text[], persons text[]) returns void language sql as $$
      select mark_members(array(
        select unnest(changed)
        union
        select companions_of(array(
          select member
          from unnest(changed || persons) as given (member)
          where exists (select from unnest(changed) as own (member) where own.member like 'account:%')
        ))
      ))
      where cardinality(changed) > 0
    $$;

    create function mark_persons_told() returns trigger language plpgsql as $$
    begin
      perform mark_persons(array_agg(told.member), array_agg(told.person))
      from told
      left join people as anywhere on told.repository_id <> 0
        and anywhere.repository_id = 0 and anywhere.member = told.member
      where told.person <> coalesce(anywhere.person, told.member)
      having count(*) > 0;
      return null;
    end $$;
    create trigger people_inserted after insert on people
      referencing new table as told for each statement execute function mark_persons_told();
    create trigger people_deleted after delete on people
      referencing old table as told for each statement execute function mark_persons_told();

    create function mark_persons_changed() returns trigger language plpgsql as $$
    begin
      perform mark_persons(array_agg(former.member),
        array_agg(former.person) || array_agg(latter.person))
      from former
      join latter using (repository_id, member)
      where former.person <> latter.person
      having count(*) > 0;
      return null;
    end $$;
    create trigger people_updated after update on people
      referencing old table as former new table as latter
      for each statement execute function mark_persons_changed();

    create function mark_signatures_changed() returns trigger language plpgsql as $$
    begin
      perform mark_members(array(
        select 'signature:' || former.hash
        from former
        join latter using (hash)
        where (former.human, former.domain) is distinct from (latter.human, latter.domain)
      ));
      return null;
    end $$;
    create trigger signatures_updated after update on signatures
      referencing old table as former new table as latter
      for each statement execute function mark_signatures_changed();

    create function mark_accounts_told() returns trigger language plpgsql as $$
    begin
      perform mark_members(array(
        select companions_of(array(select 'account:' || id from told))
      ));
      return null;
    end $$;
    create trigger accounts_inserted after insert on accounts
      referencing new table as told for each statement execute function mark_accounts_told();
    create trigger accounts_deleted after delete on accounts
      referencing old table as told for each statement execute function mark_accounts_told();

    create function mark_accounts_changed() returns trigger language plpgsql as $$
    begin
      perform mark_members(array(
        select companions_of(array(
          select 'account:' || former.id
          from former
          join latter using (id)
          where (former.login, former.type) is distinct from (latter.login, latter.type)
        ))
      ));
      return null;
    end $$;
    create trigger accounts_updated after update on accounts
      referencing old table as former new table as latter
      for each statement execute function mark_accounts_changed();
  `.execute(db)
}

async function marksOfCounts(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function mark_counts_told() returns trigger language plpgsql as $$
    begin
      insert into stale (repository_id, day)
      select repository_id, (min(day) at time zone 'UTC')::date from told group by repository_id;
      return null;
    end $$;
    create trigger day_counts_inserted after insert on day_counts
      referencing new table as told for each statement execute function mark_counts_told();

    create function mark_counts_changed() returns trigger language plpgsql as $$
    begin
      insert into stale (repository_id, day)
      select repository_id, (min(day) at time zone 'UTC')::date
      from former
      join latter using (repository_id, day)
      where (former.stars, former.forks) is distinct from (latter.stars, latter.forks)
      group by repository_id;
      return null;
    end $$;
    create trigger day_counts_updated after update on day_counts
      referencing old table as former new table as latter
      for each statement execute function mark_counts_changed();
  `.execute(db)
}
