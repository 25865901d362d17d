-- Ways to sign in: passkeys, a second factor with recovery codes, an identity elsewhere. What tells of a person or their device is sealed; what finds it is a keyed hash.

-- Sessions of before have no name of their own and no proof: everybody signs in once more.
delete from session;
alter table session
  add column id          uuid not null unique,
  add column way         text not null,
  add column proved_at   timestamptz not null,
  add column sealed_device bytea not null;

-- Without a password the account has another way. `ends_on`: the last day on which the account works.
alter table account
  alter column password_hash drop not null,
  add column password_at timestamptz,
  add column ends_on     date;
update account set password_at = created_at;
create index account_ends_on on account (ends_on) where ends_on is not null and disabled_at is null;
-- `account_id`: the link makes no account; with it the person of this one, who cannot get in any more, chooses a new password.
alter table invitation add column account_ends_on date, add column account_id uuid;

create table passkey (
  id                uuid primary key,
  subject_id        uuid not null,
  credential_mac    bytea not null unique,
  sealed_credential bytea not null,
  sealed_label      bytea not null,
  counter           bigint not null,
  backed_up         boolean not null,
  created_at        timestamptz not null,
  used_at           timestamptz
);
create index passkey_subject on passkey (subject_id);

-- `last_step`: the newest time step whose code was used; a code works once (RFC 6238 section 5.2).
create table second_factor (
  subject_id    uuid primary key,
  sealed_secret bytea not null,
  last_step     bigint not null,
  created_at    timestamptz not null
);

create table recovery_code (
  mac        bytea primary key,
  subject_id uuid not null,
  created_at timestamptz not null,
  used_at    timestamptz
);
create index recovery_code_subject on recovery_code (subject_id);

create table outside_identity (
  id              uuid primary key,
  subject_id      uuid not null,
  identity_mac    bytea not null unique,
  issuer          text not null,
  sealed_identity bytea not null,
  created_at      timestamptz not null,
  used_at         timestamptz
);
create index outside_identity_subject on outside_identity (subject_id);

alter table session alter column way set storage external, alter column sealed_device set storage external;
alter table passkey alter column credential_mac set storage external, alter column sealed_credential set storage external,
  alter column sealed_label set storage external;
alter table second_factor alter column sealed_secret set storage external;
alter table recovery_code alter column mac set storage external;
alter table outside_identity alter column identity_mac set storage external, alter column issuer set storage external,
  alter column sealed_identity set storage external;

do $$
declare app text := 'tietovirta_app';
begin
  if not exists (select from pg_roles where rolname = app) or current_user = app then return; end if;
  execute format('grant select, insert, update, delete on passkey, second_factor, recovery_code, outside_identity to %I', app);
end $$;
