-- The newest refusals are read by themselves, and are few among many: an index of them alone costs an allowed act nothing.
create index audit_event_refused on audit_event (id) where decision = 'refused';

-- An open invitation is listed, withdrawn, and falls with the account of who gave it: it has an id that is no secret, and a giver.
alter table invitation add column id uuid not null default gen_random_uuid() unique, add column created_by text not null default 'system:unknown';
alter table invitation alter column id drop default, alter column created_by drop default, alter column created_by set storage external;
