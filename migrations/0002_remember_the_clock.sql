-- The last day on which the clock was looked at and believed. A clock that has jumped would make everything due at once.
create table retention_clock (
  only_one boolean primary key default true check (only_one),
  seen_on  date not null
);
create index invoice_open on invoice (subject_id) where paid_on is null;
create index consent_withdrawn on consent (withdrawn_at) where withdrawn_at is not null;

do $$
declare app text := 'tietovirta_app';
begin
  if not exists (select from pg_roles where rolname = app) or current_user = app then return; end if;
  execute format('grant select, insert, update on retention_clock to %I', app);
end $$;
