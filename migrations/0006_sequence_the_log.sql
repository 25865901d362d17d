-- The log as a Merkle tree (RFC 6962). A sequencer takes each committed event exactly once, in the order of (xid, id), and writes its hash as the next
-- leaf. `xid` tells when an event may be taken: while a transaction that began before it still runs, an older event may yet appear.
-- `digest` is the SHA-256 of a document that the event is about (a certificate), so that the document is proven with its event.
alter table audit_event add column xid xid8 not null default pg_current_xact_id(), add column digest bytea;
alter table audit_event alter column digest set storage external;
create index audit_event_xid on audit_event (xid, id);

-- One leaf an event, in the tree's order; the hash stays when the entry is dropped at the end of its period.
create table log_leaf (
  index    bigint primary key,
  event_id bigint not null unique,
  hash     bytea not null
);

-- Roots of complete subtrees of 256, 65 536 … leaves: a proof reads a few hundred hashes and not the whole log. Can be computed anew from the leaves.
create table log_node (
  level integer not null,
  index bigint not null,
  hash  bytea not null,
  primary key (level, index)
);

-- How far the sequencer has come: leaves, the last event taken, and how many of the oldest leaves have had their entries dropped. Its lock makes one writer.
create table log_position (
  only_one boolean primary key default true check (only_one),
  size     bigint not null,
  xid      xid8 not null,
  event_id bigint not null,
  dropped  bigint not null
);
insert into log_position (size, xid, event_id, dropped) values (0, '0', 0, 0);

-- Signed notes (C2SP tlog-checkpoint): `note` as it was given out, `public_key` the oldest key that signed it.
create table log_checkpoint (
  number     integer primary key,
  size       bigint not null,
  root       bytea not null,
  dropped    bigint not null,
  at         timestamptz not null,
  public_key bytea not null,
  note       text not null
);

-- Which checkpoints stand outside, and where.
create table log_anchor (
  sink       text not null,
  checkpoint integer not null,
  at         timestamptz not null,
  primary key (sink, checkpoint)
);

alter table log_leaf alter column hash set storage external;
alter table log_node alter column hash set storage external;
alter table log_checkpoint alter column root set storage external, alter column public_key set storage external,
  alter column note set storage external;
alter table log_anchor alter column sink set storage external;

create trigger log_leaf_is_append_only before update or delete or truncate on log_leaf for each statement execute function refuse_change();
create trigger log_node_is_append_only before update or delete or truncate on log_node for each statement execute function refuse_change();
create trigger log_checkpoint_is_append_only before update or delete or truncate on log_checkpoint
  for each statement execute function refuse_change();
create trigger log_anchor_is_append_only before update or delete or truncate on log_anchor for each statement execute function refuse_change();

-- Drops entries older than the day and keeps their hashes. Only a beginning of the log, so that an entry missing elsewhere is seen; only what a
-- checkpoint has signed, so never an event that waits to be sequenced.
create or replace function forget_audit_events(before date) returns bigint language plpgsql security definer set search_path = pg_catalog, public as $$
declare gone bigint; since bigint; until bigint;
begin
  select dropped into since from log_position for update;
  select size into until from log_checkpoint order by number desc limit 1;
  select least(until, min(kept.index)) into until from (
    select l.index from log_leaf l join audit_event e on e.id = l.event_id where l.index >= since and e.at >= before order by l.index limit 1
  ) kept;
  if until is null or until <= since then return 0; end if;
  perform set_config('tietovirta.log_retention', 'on', true);
  delete from audit_event e using log_leaf l where l.event_id = e.id and l.index >= since and l.index < until;
  get diagnostics gone = row_count;
  perform set_config('tietovirta.log_retention', '', true);
  update log_position set dropped = until;
  return gone;
end $$;
revoke all on function forget_audit_events(date) from public;

-- For a restore, by the owner: what the log said after the moment that was restored, so that checkpoints given out before still fit. Ids go on after the
-- last one given: a new event with the id of an old leaf would never be sequenced.
create function put_back_log(leaves jsonb, checkpoints jsonb) returns void language plpgsql set search_path = pg_catalog, public as $$
begin
  perform from log_position for update;
  insert into audit_event (id, at, actor, actor_kind, roles, verb, register, subjects, purpose, categories, flow, channel, right_kind, decision, reason,
      place, version, request_id, sealed_why, digest, xid) overriding system value
    select e.* from jsonb_to_recordset(leaves) as l(event jsonb), lateral (
      select o.id, o.at, o.actor, o."actorKind", o.roles, o.verb, o.register, o.subjects, o.purpose, o.categories, o.flow, o.channel, o."right",
        o.decision, o.reason, o.place, o.version, o."requestId", decode(o."sealedWhy", 'hex'), decode(o.digest, 'hex'), xid8 '3'
      from jsonb_to_record(l.event) as o(id bigint, at timestamptz, actor text, "actorKind" text, roles text[], verb text, register text,
        subjects uuid[], purpose text, categories text[], flow text, channel text, "right" text, decision text, reason text, place text,
        version text, "requestId" text, "sealedWhy" text, digest text)
    ) e where jsonb_typeof(l.event) = 'object'
    on conflict (id) do nothing;
  insert into log_leaf (index, event_id, hash)
    select l.index, l."eventId", decode(l.hash, 'hex') from jsonb_to_recordset(leaves) as l(index bigint, "eventId" bigint, hash text)
    on conflict do nothing;
  insert into log_checkpoint (number, size, root, dropped, at, public_key, note)
    select c.number, c.size, decode(c.root, 'hex'), c.dropped, c.at, decode(c."publicKey", 'hex'), c.note
    from jsonb_to_recordset(checkpoints) as c(number integer, size bigint, root text, dropped bigint, at timestamptz, "publicKey" text, note text)
    on conflict do nothing;
  update log_position set size = greatest(size, (select max(index) + 1 from log_leaf));
  perform setval(pg_get_serial_sequence('audit_event', 'id'),
    greatest((select max(event_id) from log_leaf), (select max(id) from audit_event), 1));
end $$;
revoke all on function put_back_log(jsonb, jsonb) from public;

do $$
declare app text := 'tietovirta_app';
begin
  if not exists (select from pg_roles where rolname = app) or current_user = app then return; end if;
  execute format('grant select, insert on log_leaf, log_node, log_checkpoint, log_anchor to %I', app);
  execute format('grant select, update on log_position to %I', app);
end $$;
