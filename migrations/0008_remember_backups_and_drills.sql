-- What each base copy, drill and change of the archive's health came to. One row a night and one a change: a row for every shipped segment would itself
-- make a segment to ship. `name` is the folder of a base copy, `facts` counts of a drill; neither says anything of a person.
create table backup_run (
  id          uuid primary key,
  kind        text not null check (kind in ('base', 'archive', 'drill')),
  started_at  timestamptz not null,
  finished_at timestamptz not null,
  name        text,
  bytes       bigint,
  problem     text,
  facts       jsonb
);
create index backup_run_newest on backup_run (kind, started_at desc);

alter table backup_run alter column kind set storage external, alter column name set storage external, alter column problem set storage external,
  alter column facts set storage external;

do $$
declare app text := 'tietovirta_app';
begin
  if not exists (select from pg_roles where rolname = app) or current_user = app then return; end if;
  execute format('grant select, insert, delete on backup_run to %I', app);
end $$;
