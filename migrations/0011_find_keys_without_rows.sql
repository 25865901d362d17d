-- Which keys nobody needs any more, and which secret the words of search are indexed under.

-- A former version of a person's key that no row uses: it goes when every copy of the database that is kept was begun after this moment. Ids of keys only.
create table unused_key (
  id    text primary key,
  since timestamptz not null
);
alter table unused_key alter column id set storage external;

-- Reasons are few and stand in the largest table: looking for their keys must not read all of it.
create index audit_event_why on audit_event (id) where sealed_why is not null;

-- Tokens of a former secret find nothing: an index that a rotation cut short has left behind must not answer. The next search builds it anew.
alter table search_marker add column version integer not null default 0;
alter table search_marker alter column version drop default;

do $$
declare app text := 'tietovirta_app';
begin
  if not exists (select from pg_roles where rolname = app) or current_user = app then return; end if;
  execute format('grant select, insert, delete on unused_key to %I', app);
end $$;
