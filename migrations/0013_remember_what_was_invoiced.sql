-- An order knows that it has gone to invoicing: what waits to be invoiced is found without looking into the other register, and stays found when an
-- invoice's own time is over.
alter table customer_order add column invoiced_at timestamptz;
update customer_order o set invoiced_at = i.at from invoice i where i.order_id = o.id;
create index customer_order_to_invoice on customer_order (delivered_on, id) where delivered_on is not null and invoiced_at is null and subject_id is not null;
