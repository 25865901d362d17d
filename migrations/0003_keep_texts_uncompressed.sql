-- Every column that could hold a text is stored uncompressed, not only those that should: the scan for planted values must see a value
-- that stands where none belongs. Columns of later migrations set it themselves; a test looks.
do $$
declare one record;
begin
  for one in
    select c.relname, a.attname
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.attstorage = 'x'
      and t.typname in ('text', 'varchar', 'json', 'jsonb', 'bytea', '_text')
  loop
    execute format('alter table %I alter column %I set storage external', one.relname, one.attname);
  end loop;
end $$;
