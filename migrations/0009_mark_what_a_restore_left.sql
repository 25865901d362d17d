-- A restore to an earlier time loses the invoices given after it, but not the customers who hold them: their numbers are never given again, and their
-- orders wait for a person who says that the invoice is issued again as it was.
create table uncertain_transfer (
  order_id   uuid primary key,
  subject_id uuid not null,
  flow       text not null,
  number     text not null unique,
  issued_on  date not null,
  found_at   timestamptz not null,
  settled_at timestamptz,
  settled_by text
);
create index uncertain_transfer_subject on uncertain_transfer (subject_id);

-- One row a restore. Without `finished_at` the database may not be opened: what was erased and forbidden since is not carried out in it yet.
create table restore_mark (
  id          uuid primary key,
  base        text not null,
  target_at   timestamptz,
  restored_at timestamptz not null,
  finished_at timestamptz,
  counts      jsonb
);

alter table uncertain_transfer alter column flow set storage external, alter column number set storage external, alter column settled_by set storage external;
alter table restore_mark alter column base set storage external, alter column counts set storage external;

do $$
declare app text := 'tietovirta_app';
begin
  if not exists (select from pg_roles where rolname = app) or current_user = app then return; end if;
  execute format('grant select, insert, update, delete on uncertain_transfer to %I', app);
  execute format('grant select, insert, update on restore_mark to %I', app);
end $$;
