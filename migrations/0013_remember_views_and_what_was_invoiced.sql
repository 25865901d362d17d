-- An order knows that it has gone to invoicing: what waits to be invoiced is found without looking into the other register, and stays found when an
-- invoice's own time is over.
alter table customer_order add column invoiced_at timestamptz;
update customer_order o set invoiced_at = i.at from invoice i where i.order_id = o.id;
create index customer_order_to_invoice on customer_order (delivered_on, id) where delivered_on is not null and invoiced_at is null and subject_id is not null;

-- How somebody likes to look at a list: a name of their own, and a filter of closed words and days.
create table saved_view (
  id          uuid primary key,
  subject_id  uuid not null,
  list        text not null,
  sealed_name bytea not null,
  filter      jsonb not null,
  created_at  timestamptz not null
);
create index saved_view_subject on saved_view (subject_id, list);
alter table saved_view alter column list set storage external, alter column sealed_name set storage external,
  alter column filter set storage external;

do $$
declare app text := 'tietovirta_app';
begin
  if not exists (select from pg_roles where rolname = app) or current_user = app then return; end if;
  execute format('grant select, insert, update, delete on saved_view to %I', app);
end $$;
