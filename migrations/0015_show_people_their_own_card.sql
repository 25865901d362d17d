-- A person sees their own card without an account: by a link that somebody of the staff gave, or by a code sent to the address that the register holds. Of
-- what opens a card only a hash stands here. Everything here ends with the person.
create table own_card_link (
  id         uuid primary key,
  subject_id uuid not null,
  digest     bytea not null unique,
  -- How it was made sure that the link goes to the person themselves.
  identity   text not null,
  made_at    timestamptz not null,
  made_by    text not null,
  ends_at    timestamptz not null,
  used_at    timestamptz,
  revoked_at timestamptz,
  revoked_by text
);
create index own_card_link_subject on own_card_link (subject_id, made_at);

-- A browser that waits for a code. Until a letter has gone, and for ever where the address is nobody's, subject_id is a number of nobody and code_mac a hash
-- of nothing: a guess costs the same and tells the same.
create table own_card_code (
  waiting    bytea primary key,
  subject_id uuid not null,
  code_mac   bytea not null,
  tries      integer not null default 0,
  made_at    timestamptz not null,
  ends_at    timestamptz not null
);
create index own_card_code_subject on own_card_code (subject_id);

create table own_card_session (
  digest     bytea primary key,
  id         uuid not null unique,
  subject_id uuid not null,
  way        text not null,
  started_at timestamptz not null,
  seen_at    timestamptz not null,
  ends_at    timestamptz not null
);
create index own_card_session_subject on own_card_session (subject_id);

-- What a person says that a value of theirs should be, until somebody of the staff has looked; with the answer where it was not taken. Sealed as the value
-- itself would be: under the retention rule of its category.
create table customer_correction (
  id         uuid primary key,
  subject_id uuid not null,
  category   text not null,
  sealed     bytea not null,
  rule       text not null,
  made_at    timestamptz not null,
  -- Set where it was not taken: one that was taken is the value.
  refused_at timestamptz,
  refused_by text
);
create unique index customer_correction_one on customer_correction (subject_id, category);
create index customer_correction_waiting on customer_correction (made_at, id) where refused_at is null;

alter table own_card_link alter column digest set storage external, alter column identity set storage external,
  alter column made_by set storage external, alter column revoked_by set storage external;
alter table own_card_code alter column waiting set storage external, alter column code_mac set storage external;
alter table own_card_session alter column digest set storage external, alter column way set storage external;
alter table customer_correction alter column category set storage external, alter column sealed set storage external,
  alter column rule set storage external, alter column refused_by set storage external;

do $$
declare app text := 'tietovirta_app';
begin
  if not exists (select from pg_roles where rolname = app) or current_user = app then return; end if;
  execute format('grant select, insert, update, delete on own_card_link, own_card_code, own_card_session, customer_correction to %I', app);
end $$;
