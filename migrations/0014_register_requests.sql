-- What people ask of their own data: what was asked and when, until when it is answered, how it was made sure who asks, and what came of it. Each step with
-- who and when. A request of somebody who is not (yet) known in the register stands under a number of its own.
create table person_request (
  id                uuid primary key,
  subject_id        uuid not null,
  -- True: the subject is somebody of the register; false: a number of the request's own.
  in_register       boolean not null,
  asked_right       text not null,
  channel           text not null,
  received_on       date not null,
  -- The last day by law (Regulation 1182/71), moved once by an extension.
  due_on            date not null,
  -- What the person wrote and where the answer goes; gone when the person is.
  sealed_words      bytea,
  opened_at         timestamptz not null,
  opened_by         text not null,
  identity_asked_at timestamptz,
  identity_asked_by text,
  identity_method   text,
  identified_at     timestamptz,
  identified_by     text,
  extension_reason  text,
  extended_at       timestamptz,
  extended_by       text,
  package_at        timestamptz,
  package_by        text,
  erased_at         timestamptz,
  erased_by         text,
  outcome           text,
  refusal_ground    text,
  complaint_told    boolean,
  answered_on       date,
  answered_at       timestamptz,
  answered_by       text,
  closed_at         timestamptz,
  closed_by         text,
  -- Nothing of the person is left in any register: the words go as soon as the request is closed.
  person_gone_at    timestamptz
);
create index person_request_subject on person_request (subject_id);
create index person_request_open on person_request (due_on, id) where closed_at is null;
create index person_request_closed on person_request (closed_at) where closed_at is not null;

-- A place that the program cannot reach: somebody looks there and says what they found.
create table request_task (
  id          uuid primary key,
  request_id  uuid not null references person_request (id) on delete cascade,
  subject_id  uuid not null,
  kind        text not null,
  -- The system's or the processor's id in the description, or the flow's whose recipient is told.
  place       text not null,
  registers   text[] not null,
  made_at     timestamptz not null,
  found       text,
  sealed_note bytea,
  done_at     timestamptz,
  done_by     text
);
create index request_task_request on request_task (request_id, made_at);
create index request_task_subject on request_task (subject_id);

alter table person_request
  alter column asked_right set storage external, alter column channel set storage external, alter column sealed_words set storage external,
  alter column opened_by set storage external, alter column identity_asked_by set storage external, alter column identity_method set storage external,
  alter column identified_by set storage external, alter column extension_reason set storage external, alter column extended_by set storage external,
  alter column package_by set storage external, alter column erased_by set storage external, alter column outcome set storage external,
  alter column refusal_ground set storage external, alter column answered_by set storage external, alter column closed_by set storage external;
alter table request_task
  alter column kind set storage external, alter column place set storage external, alter column registers set storage external,
  alter column found set storage external, alter column sealed_note set storage external, alter column done_by set storage external;

do $$
declare app text := 'tietovirta_app';
begin
  if not exists (select from pg_roles where rolname = app) or current_user = app then return; end if;
  execute format('grant select, insert, update, delete on person_request, request_task to %I', app);
end $$;
