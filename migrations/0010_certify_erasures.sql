-- Each erasure ends in a certificate: its text, the hash that stands in the log, and the proof as it was when the log had signed it (the log's own
-- retention drops entries). No value of the person is in it.
create table erasure_certificate (
  id           uuid primary key,
  subject_id   uuid not null,
  rows_gone_at timestamptz not null,
  issued_at    timestamptz not null,
  certificate  text not null,
  digest       bytea not null,
  proof        text
);
create index erasure_certificate_subject on erasure_certificate (subject_id);
create index erasure_certificate_unproven on erasure_certificate (issued_at) where proof is null;
alter table erasure_certificate alter column certificate set storage external, alter column digest set storage external,
  alter column proof set storage external;

alter table erasure_ledger add column certificate_id uuid;
create index erasure_ledger_uncertified on erasure_ledger (rows_gone_at) where certificate_id is null and ground <> 'resealed';
-- A certificate finds its event by the hash; few events have one.
create index audit_event_digest on audit_event (digest) where digest is not null;

do $$
declare app text := 'tietovirta_app';
begin
  if not exists (select from pg_roles where rolname = app) or current_user = app then return; end if;
  execute format('grant select, insert, update on erasure_certificate to %I', app);
end $$;
