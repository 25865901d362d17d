delete from "account" where "account"."subject_id" = $1::uuid;

delete from "customer" where "customer"."subject_id" = $1::uuid;

delete from "customer_correction" where "customer_correction"."subject_id" = $1::uuid;

delete from "customer_correction" where "customer_correction"."subject_id" = $1::uuid and "category" in ($2);

delete from "customer_event" where "customer_event"."subject_id" = $1::uuid;

delete from "customer_event" where "customer_event"."subject_id" = $1::uuid and "event" = $2;

delete from "customer_search" where "customer_search"."subject_id" = $1::uuid;

delete from "customer_value" where "customer_value"."subject_id" = $1::uuid and "rule" = $2 and "category" in ($3);

delete from "hold" where "hold"."subject_id" = $1::uuid;

delete from "idempotency" where "ids"::text like any($1::text[]);

delete from "objection" where "objection"."subject_id" = $1::uuid;

delete from "own_card_code" where "own_card_code"."subject_id" = $1::uuid;

delete from "own_card_link" where "own_card_link"."subject_id" = $1::uuid;

delete from "own_card_session" where "own_card_session"."subject_id" = $1::uuid;

delete from "recovery_code" where "recovery_code"."subject_id" = $1::uuid;

delete from "restriction" where "restriction"."subject_id" = $1::uuid;

delete from "second_factor" where "second_factor"."subject_id" = $1::uuid;

insert into "account" ("login_mac", "sealed_name", "sealed_login", "password_hash", "password_at", "ends_on", "language", "created_at", "created_by", "subject_id") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict ("login_mac") do nothing;

insert into "account_role" ("role", "at", "by", "subject_id") values ($1, $2, $3, $4);

insert into "backup_run" ("id", "kind", "started_at", "finished_at", "name", "bytes", "problem", "facts") values ($1, $2, $3, $4, $5, $6, $7, $8);

insert into "consent" ("id", "consent", "purpose", "channels", "wording", "wording_hash", "language", "source", "given_at", "given_by", "withdrawn_at", "withdrawn_by", "subject_id") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

insert into "customer" ("kind", "organisation_id", "created_at", "subject_id") values ($1, $2, $3, $4);

insert into "customer_event" ("event", "day", "subject_id") values ($1, $2, $3) on conflict ("subject_id", "event") do update set "day" = greatest("customer_event"."day", "excluded"."day");

insert into "customer_event" ("event", "day", "subject_id") values ($1, $2, $3), ($4, $5, $6) on conflict ("subject_id", "event") do update set "day" = greatest("customer_event"."day", "excluded"."day");

insert into "customer_event" ("event", "day", "subject_id") values ($1, $2, $3), ($4, $5, $6), ($7, $8, $9) on conflict ("subject_id", "event") do update set "day" = greatest("customer_event"."day", "excluded"."day");

insert into "customer_order" ("id", "created_at", "by", "price_includes_vat", "warranty_period", "total_cents", "rule", "subject_id") values ($1, $2, $3, $4, $5, $6, $7, $8);

insert into "customer_search" ("tokens", "subject_id") values ($1::bigint[], $2);

insert into "customer_value" ("sealed", "rule", "category", "source", "at", "by", "purpose", "basis", "ground", "subject_id") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict ("subject_id", "category") do update set "sealed" = "excluded"."sealed", "rule" = "excluded"."rule", "source" = "excluded"."source", "at" = "excluded"."at", "by" = "excluded"."by", "purpose" = "excluded"."purpose", "basis" = "excluded"."basis", "ground" = "excluded"."ground";

insert into "customer_value" ("sealed", "rule", "category", "source", "at", "by", "purpose", "basis", "ground", "subject_id") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10), ($11, $12, $13, $14, $15, $16, $17, $18, $19, $20), ($21, $22, $23, $24, $25, $26, $27, $28, $29, $30), ($31, $32, $33, $34, $35, $36, $37, $38, $39, $40) on conflict ("subject_id", "category") do update set "sealed" = "excluded"."sealed", "rule" = "excluded"."rule", "source" = "excluded"."source", "at" = "excluded"."at", "by" = "excluded"."by", "purpose" = "excluded"."purpose", "basis" = "excluded"."basis", "ground" = "excluded"."ground";

insert into "erasure_ledger" ("id", "register", "rule", "categories", "rows", "anonymised", "everything", "keys", "ground", "by", "rows_gone_at", "keys_due_on", "keys_destroyed_at", "subject_id") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

insert into "invoice" ("id", "number", "order_id", "issued_on", "delivered_on", "due_on", "reference", "net_cents", "vat_cents", "total_cents", "seller", "missing", "sealed", "sealed_category", "rule", "financial_year_end", "at", "by", "subject_id") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19);

insert into "invoice_series" ("year", "next_number") values ($1, $2) on conflict ("year") do update set "next_number" = "invoice_series"."next_number" + $3 returning "next_number";

insert into "invoice_vat" ("invoice_id", "vat_class", "permille", "base_cents", "vat_cents", "subject_id") values ($1, $2, $3, $4, $5, $6);

insert into "order_line" ("order_id", "line", "sealed", "quantity", "unit_price_cents", "vat_class", "subject_id") values ($1, $2, $3, $4, $5, $6, $7);

insert into "own_card_link" ("id", "digest", "identity", "made_at", "made_by", "ends_at", "used_at", "revoked_at", "subject_id") values ($1, $2, $3, $4, $5, $6, $7, $8, $9);

insert into "person_request" ("id", "in_register", "asked_right", "channel", "received_on", "due_on", "sealed_words", "opened_at", "opened_by", "subject_id") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

insert into "proof_run" ("id", "control", "state", "detail", "at") values ($1, $2, $3, $4, $5), ($6, $7, $8, $9, $10), ($11, $12, $13, $14, $15), ($16, $17, $18, $19, $20), ($21, $22, $23, $24, $25), ($26, $27, $28, $29, $30), ($31, $32, $33, $34, $35), ($36, $37, $38, $39, $40), ($41, $42, $43, $44, $45), ($46, $47, $48, $49, $50), ($51, $52, $53, $54, $55), ($56, $57, $58, $59, $60), ($61, $62, $63, $64, $65), ($66, $67, $68, $69, $70), ($71, $72, $73, $74, $75), ($76, $77, $78, $79, $80), ($81, $82, $83, $84, $85), ($86, $87, $88, $89, $90), ($91, $92, $93, $94, $95);

insert into "restriction" ("id", "register", "purposes", "until", "ground", "at", "by", "lifted_at", "subject_id") values ($1, $2, $3, $4, $5, $6, $7, $8, $9);

insert into "restriction" ("id", "register", "purposes", "until", "ground", "at", "by", "subject_id") values ($1, $2, $3, $4, $5, $6, $7, $8);

insert into "retention_clock" ("seen_at") values ($1) on conflict ("only_one") do update set "seen_at" = $2;

insert into "search_marker" ("register", "built_at", "version") values ($1, $2, $3) on conflict ("register") do update set "built_at" = "excluded"."built_at", "version" = "excluded"."version";

insert into "second_factor" ("sealed_secret", "last_step", "created_at", "subject_id") values ($1, $2, $3, $4);

insert into "subject" ("id") values ($1);

insert into "token" ("id", "digest", "name", "role", "created_at", "created_by", "revoked_at") values ($1, $2, $3, $4, $5, $6, $7);

insert into audit_event (actor, actor_kind, roles, verb, register, subjects, purpose, categories, flow, channel, right_kind, decision, reason, place, version, request_id, sealed_why, digest) select actor, actor_kind, roles, verb, register, subjects, purpose, categories, flow, channel, right_kind, decision, reason, place, version, request_id, sealed_why, digest from jsonb_to_recordset($1::jsonb) as e(actor text, actor_kind text, roles text[], verb text, register text, subjects uuid[], purpose text, categories text[], flow text, channel text, right_kind text, decision text, reason text, place text, version text, request_id text, sealed_why bytea, digest bytea);

insert into subject (id) select subject_id from account where subject_id = $1 on conflict do nothing;

select "at" from "log_checkpoint" where "number" > $1 order by "number" desc limit $2;

select "at", clock_timestamp() as "now" from "audit_event" where "id" > $1 order by "at" desc limit $2;

select "c"."subject_id", "c"."kind", "v"."category", "v"."sealed" from (select "customer"."subject_id", "customer"."kind" from "customer" where true and not exists (select from restriction r where r.subject_id = "customer"."subject_id" and r.register = $1 and r.lifted_at is null and not ($2 = any(r.purposes))) and "customer"."kind" <> $3 order by "customer"."subject_id" desc limit $4) as "c" left join "customer_value" as "v" on "v"."subject_id" = "c"."subject_id" and "v"."category" in ($5, $6, $7, $8, $9) order by "c"."subject_id" desc;

select "category", "rule", "basis", "ground", "at" from "customer_value" where "customer_value"."subject_id" = $1::uuid and true;

select "category", "rule", "made_at" as "at" from "customer_correction" where "customer_correction"."subject_id" = $1::uuid and true;

select "category", "sealed" from "customer_value" where "customer_value"."subject_id" = $1::uuid and true and not exists (select from restriction r where r.subject_id = "customer_value"."subject_id" and r.register = $2 and r.lifted_at is null and not ($3 = any(r.purposes)));

select "created_at" as "at" from "installation";

select "customer"."subject_id" as "id" from "customer" left join "customer" as "organisation" on "organisation"."subject_id" = "customer"."organisation_id" where true and "customer"."organisation_id" is not null and "organisation"."subject_id" is null order by "customer"."subject_id" limit $1;

select "customer_event"."subject_id" from "customer_event" where true and (exists (select "v"."category" from "customer_value" as "v" where "v"."subject_id" = "customer_event"."subject_id" and "v"."rule" = $1) or exists (select "o"."id" from "customer_order" as "o" where "o"."subject_id" = "customer_event"."subject_id" and "o"."rule" = $2)) and "customer_event"."event" = $3 and "customer_event"."day" <= $4 and not exists (select "e"."event" from "customer_event" as "e" where "e"."subject_id" = "customer_event"."subject_id" and "e"."event" = $5) order by "customer_event"."day" limit $6;

select "customer_event"."subject_id" from "customer_event" where true and (exists (select "v"."category" from "customer_value" as "v" where "v"."subject_id" = "customer_event"."subject_id" and "v"."rule" = $1) or exists (select "o"."id" from "customer_order" as "o" where "o"."subject_id" = "customer_event"."subject_id" and "o"."rule" = $2)) and "customer_event"."event" = $3 and "customer_event"."day" <= $4 order by "customer_event"."day" limit $5;

select "dropped" from "log_position";

select "due_on" from "person_request" where true and "outcome" is null;

select "event", "day" from "customer_event" where "customer_event"."subject_id" = $1::uuid and true;

select "event", "day" from "customer_event" where "customer_event"."subject_id" = $1::uuid and true order by "event";

select "flow", "channel", "register", "verb", "decision", count(*) as "count" from "audit_event" where "at" >= $1 and "at" < $2 group by "flow", "channel", "register", "verb", "decision";

select "hold" from "hold" where "hold"."subject_id" = $1::uuid and true and "lifted_at" is null;

select "id" as "row", "subject_id", "category", "sealed" from "customer_correction" where "customer_correction"."subject_id" = $1::uuid and true and "rule" = $2;

select "id" from "customer_order" where "customer_order"."subject_id" = $1::uuid and true and "rule" = $2;

select "id" from "customer_order" where "customer_order"."subject_id" = $1::uuid and true limit $2;

select "id" from "retention_pause" where "why" = $1;

select "id", "consent", "purpose", "withdrawn_at" from "consent" where "consent"."subject_id" = $1::uuid and true order by "given_at";

select "id", "keys", "rows_gone_at", "keys_due_on" from "erasure_ledger" where true and "subject_id" = $1 and "keys_due_on" <= $2 and "keys_destroyed_at" is null;

select "id", "number" from "invoice" where "invoice"."subject_id" = $1::uuid and true and "order_id" = $2;

select "id", "purposes" from "restriction" where "restriction"."subject_id" = $1::uuid and true and "register" = $2 and "lifted_at" is null;

select "id", "role" from "token" where "digest" = $1 and "revoked_at" is null;

select "id", "subject_id", "category", "sealed", "made_at", "refused_at" from "customer_correction" where "customer_correction"."subject_id" = $1::uuid and true order by "made_at";

select "id", "subject_id", "consent", "withdrawn_at" from "consent" where true and "withdrawn_at" is not null;

select "id", "subject_id", "created_at", "price_includes_vat", "warranty_period", "total_cents", "delivered_on", "warranty_ends_on", "invoiced_at", (select coalesce(json_agg(agg), '[]') from (select "l"."line", "l"."sealed", "l"."quantity", "l"."unit_price_cents", "l"."vat_class" from "order_line" as "l" where "l"."order_id" = "customer_order"."id" order by "l"."line") as agg) as "lines", (select "v"."sealed" from "customer_value" as "v" where "v"."subject_id" = "customer_order"."subject_id" and "v"."category" = $1) as "name" from "customer_order" where "customer_order"."subject_id" = $2::uuid and true and not exists (select from restriction r where r.subject_id = "customer_order"."subject_id" and r.register = $3 and r.lifted_at is null and not ($4 = any(r.purposes))) and "id" = $5;

select "id", "subject_id", "created_at", "price_includes_vat", "warranty_period", "total_cents", "delivered_on", "warranty_ends_on", "invoiced_at", (select coalesce(json_agg(agg), '[]') from (select "l"."line", "l"."sealed", "l"."quantity", "l"."unit_price_cents", "l"."vat_class" from "order_line" as "l" where "l"."order_id" = "customer_order"."id" order by "l"."line") as agg) as "lines", (select "v"."sealed" from "customer_value" as "v" where "v"."subject_id" = "customer_order"."subject_id" and "v"."category" = $1) as "name" from "customer_order" where "customer_order"."subject_id" = $2::uuid and true and not exists (select from restriction r where r.subject_id = "customer_order"."subject_id" and r.register = $3 and r.lifted_at is null and not ($4 = any(r.purposes))) and "id" = $5 for update;

select "id", "subject_id", "created_at", "price_includes_vat", "warranty_period", "total_cents", "delivered_on", "warranty_ends_on", "invoiced_at", (select coalesce(json_agg(agg), '[]') from (select "l"."line", "l"."sealed", "l"."quantity", "l"."unit_price_cents", "l"."vat_class" from "order_line" as "l" where "l"."order_id" = "customer_order"."id" order by "l"."line") as agg) as "lines", (select "v"."sealed" from "customer_value" as "v" where "v"."subject_id" = "customer_order"."subject_id" and "v"."category" = $1) as "name" from "customer_order" where true and not exists (select from restriction r where r.subject_id = "customer_order"."subject_id" and r.register = $2 and r.lifted_at is null and not ($3 = any(r.purposes))) and "subject_id" = $4 order by "id" desc limit $5;

select "id", "subject_id", "order_id", "number", "issued_on", "due_on", "paid_on", "net_cents", "vat_cents", "total_cents", "missing", "sealed", "sealed_category" from "invoice" where true and not exists (select from restriction r where r.subject_id = "invoice"."subject_id" and r.register = $1 and r.lifted_at is null and not ($2 = any(r.purposes))) and "sealed_category" in ($3, $4, $5, $6, $7) order by "number" desc limit $8;

select "id", "subject_id", "rule", "sealed_category", "financial_year_end", "due_on", "paid_on" from "invoice" where true and "rule" = $1 and "financial_year_end" <= $2 order by "financial_year_end" limit $3;

select "id", "subject_id", "rule", "sealed_category", "financial_year_end", "due_on", "paid_on", "sealed" from "invoice" where "invoice"."subject_id" = $1::uuid and true order by "number";

select "kind" from "customer" where "customer"."subject_id" = $1::uuid and true and not exists (select from restriction r where r.subject_id = "customer"."subject_id" and r.register = $2 and r.lifted_at is null and not ($3 = any(r.purposes)));

select "kind", "created_at", "organisation_id" from "customer" where "customer"."subject_id" = $1::uuid and true;

select "number", "issued_on" from "uncertain_transfer" where "uncertain_transfer"."subject_id" = $1::uuid and true and "order_id" = $2 and "settled_at" is null;

select "password_hash" from "account" where "account"."subject_id" = $1::uuid and true and "subject_id" = $2;

select "purpose" from "objection" where "objection"."subject_id" = $1::uuid and true and "lifted_at" is null;

select "register" from "search_marker" where "register" = $1 and "version" = $2;

select "register", "subject_id", "at" from "restriction" where true and "ground" = $1 and "at" >= $2;

select "register", "subject_id", "rows_gone_at" from "erasure_ledger" where true and "ground" = $1 and "rows_gone_at" >= $2;

select "role" from "account_role" where "account_role"."subject_id" = $1::uuid and true and "subject_id" = $2;

select "rule", "delivered_on" from "customer_order" where "customer_order"."subject_id" = $1::uuid and true;

select "rule", max("through") as "through" from "retention_shown" where "version" = $1 and "shown_at" <= $2 group by "rule";

select "search_marker"."register" as "marker", "c"."subject_id", "c"."kind", "v"."category", "v"."sealed" from "search_marker" left join (select "customer_search"."subject_id" from "customer_search" where true and not exists (select from restriction r where r.subject_id = "customer_search"."subject_id" and r.register = $1 and r.lifted_at is null and not ($2 = any(r.purposes))) and "customer_search"."tokens" && $3::bigint[] limit $4) as "h" on true left join "customer" as "c" on "c"."subject_id" = "h"."subject_id" left join "customer_value" as "v" on "v"."subject_id" = "c"."subject_id" and "v"."category" in ($5, $6, $7, $8, $9) where "search_marker"."register" = $10 and "search_marker"."version" = $11;

select "started_at", "finished_at", "name", "bytes", "problem", "facts" from "backup_run" where "kind" = $1 order by "started_at" desc limit $2;

select "subject_id" as "id" from "customer" where true and "organisation_id" = $1;

select "subject_id" from "customer" where true and not exists (select from restriction r where r.subject_id = "customer"."subject_id" and r.register = $1 and r.lifted_at is null and not ($2 = any(r.purposes))) and exists (select from consent c where c.subject_id = "customer"."subject_id" and c.purpose = $3 and c.withdrawn_at is null) and not exists (select from objection o where o.subject_id = "customer"."subject_id" and o.purpose = $4 and o.lifted_at is null) and "subject_id" = $5;

select "subject_id" from "customer" where true order by "subject_id" limit $1;

select "subject_id" from "customer_order" where "id" = $1;

select "subject_id" from "second_factor" where "second_factor"."subject_id" = $1::uuid and true and "subject_id" = $2;

select "subject_id", "category", "rule", "basis", "ground", "at" from "customer_value" where true and "subject_id" in ($1) and "rule" = $2;

select "subject_id", "category", "sealed" from "customer_value" where "customer_value"."subject_id" = $1::uuid and true;

select "subject_id", "category", "sealed" from "customer_value" where "customer_value"."subject_id" = $1::uuid and true and "rule" = $2;

select "subject_id", "category", "sealed", "source", "at", "by", "purpose", "basis", "ground" from "customer_value" where "customer_value"."subject_id" = $1::uuid and true and not exists (select from restriction r where r.subject_id = "customer_value"."subject_id" and r.register = $2 and r.lifted_at is null and not ($3 = any(r.purposes))) and "category" in ($4);

select "subject_id", "event", "day" from "customer_event" where true and "subject_id" in ($1);

select "subject_id", "hold" from "hold" where true and "lifted_at" is null and "subject_id" in ($1);

select "subject_id", "kind", "organisation_id", "created_at", (select coalesce(json_agg(agg), '[]') from (select "v"."category", "v"."sealed", "v"."source", "v"."at", "v"."by", "v"."purpose", "v"."basis", "v"."ground", "v"."rule" from "customer_value" as "v" where "v"."subject_id" = "customer"."subject_id" and "v"."category" in ($1, $2, $3, $4, $5, $6, $7, $8, $9)) as agg) as "held", (select coalesce(json_agg(agg), '[]') from (select "e"."event", "e"."day" from "customer_event" as "e" where "e"."subject_id" = "customer"."subject_id") as agg) as "events", (select coalesce(json_agg(agg), '[]') from (select "p"."subject_id" as "id" from "customer" as "p" where "p"."organisation_id" = "customer"."subject_id" and true and not exists (select from restriction r where r.subject_id = "p"."subject_id" and r.register = $10 and r.lifted_at is null and not ($11 = any(r.purposes))) order by "p"."subject_id") as agg) as "contacts", (select json_build_object('purposes', r.purposes, 'until', r.until, 'ground', r.ground) from restriction r where r.subject_id = "customer"."subject_id" and r.register = $12 and r.lifted_at is null order by r.at desc limit 1) as "restricted" from "customer" where "customer"."subject_id" = $13::uuid and true and not exists (select from restriction r where r.subject_id = "customer"."subject_id" and r.register = $14 and r.lifted_at is null and not ($15 = any(r.purposes)));

select "subject_id", "kind", (select coalesce(json_agg(agg), '[]') from (select "v"."category", "v"."sealed" from "customer_value" as "v" where "v"."subject_id" = "customer"."subject_id") as agg) as "held" from "customer" where "customer"."subject_id" = $1::uuid and true and not exists (select from restriction r where r.subject_id = "customer"."subject_id" and r.register = $2 and r.lifted_at is null and not ($3 = any(r.purposes)));

select "subject_id", "order_id", "line", "sealed" from "order_line" where "order_line"."subject_id" = $1::uuid and true and "order_id" in ($2);

select "subject_id", "register" from "restriction" where true and "lifted_at" is null and "ground" = $1 and "subject_id" in ($2);

select "subject_id", "role" from "account_role" where true order by "role";

select "subject_id", "rule", "delivered_on" from "customer_order" where true and "subject_id" in ($1);

select "subject_id", "sealed_name", "language", "disabled_at", "ends_on" from "account" where true and "subject_id" = $1;

select "subject_id", "sealed_name", "sealed_login", "created_at", "disabled_at", "ends_on" from "account" where true order by "created_at" limit $1;

select "subject_id", max("paid_on") as "paid", count(*) filter(where "paid_on" is null) as "open" from "invoice" where true group by "subject_id";

select "warranty_period", "delivered_on", "warranty_ends_on" from "customer_order" where "customer_order"."subject_id" = $1::uuid and true and not exists (select from restriction r where r.subject_id = "customer_order"."subject_id" and r.register = $2 and r.lifted_at is null and not ($3 = any(r.purposes))) and "id" = $4 for update;

select "why", "until" from "retention_pause" where "ended_at" is null and "until" > $1 order by "until" desc limit $2;

select * from "consent" where "consent"."subject_id" = $1::uuid and true;

select * from "customer_order" where "customer_order"."subject_id" = $1::uuid and true order by "id";

select * from "customer_value" where "customer_value"."subject_id" = $1::uuid and true order by "category";

select * from "hold" where "hold"."subject_id" = $1::uuid and true;

select * from "invoice" where "invoice"."subject_id" = $1::uuid and true order by "number";

select * from "invoice_vat" where "invoice_vat"."subject_id" = $1::uuid and true order by "permille" desc;

select * from "objection" where "objection"."subject_id" = $1::uuid and true;

select * from "order_line" where "order_line"."subject_id" = $1::uuid and true order by "order_id", "line";

select * from "person_request" where "person_request"."subject_id" = $1::uuid and true;

select * from "person_request" where "person_request"."subject_id" = $1::uuid and true order by "opened_at";

select * from "restriction" where "restriction"."subject_id" = $1::uuid and true;

select * from "retention_approval" where ("approved_at" is null or "valid_until" > $1) order by "asked_at" desc limit $2;

select * from "retention_clock";

select * from (select "id", "at", "roles", "verb", "register", "purpose", "categories", "flow", "actor_kind", "place" from "audit_event" where "subjects" @> array[$1]::uuid[] and "decision" = $2 and "verb" in ($3, $4, $5, $6) offset $7) as "theirs" order by "id" desc limit $8;

select * from (select * from "audit_event") as "found" order by "id" desc limit $1;

select coalesce(string_agg(t::text, ' '), '') as all from "customer" t where t.subject_id = $1;

select coalesce(string_agg(t::text, ' '), '') as all from "customer_event" t where t.subject_id = $1;

select coalesce(string_agg(t::text, ' '), '') as all from "customer_search" t where t.subject_id = $1;

select coalesce(string_agg(t::text, ' '), '') as all from "customer_value" t where t.subject_id = $1;

select coalesce(string_agg(t::text, ' '), '') as all from "own_card_link" t where t.subject_id = $1;

select count(*) as "found" from "customer_search" where true and "customer_search"."tokens" && $1::bigint[];

select count(*) as "found" from "customer_search" where true and not exists (select from restriction r where r.subject_id = "customer_search"."subject_id" and r.register = $1 and r.lifted_at is null and not ($2 = any(r.purposes))) and "customer_search"."tokens" && $3::bigint[];

select count(*) as "people" from "customer" where true;

select count(*)::int as n from "customer" where subject_id = $1;

select count(*)::int as n from "customer_event" where subject_id = $1;

select count(*)::int as n from "customer_search" where subject_id = $1;

select count(*)::int as n from "customer_value" where subject_id = $1;

select count(distinct "subject_id") as "people" from "consent" where true;

select count(distinct "subject_id") as "people" from "invoice" where true;

select distinct on ("control") "control", "state", "at", "detail" from "proof_run" order by "control", "at" desc;

select distinct p.purpose from ban b, unnest(b.purposes) as p(purpose) where b.address_mac in ($1) and not exists (select from consent c where c.subject_id = $2 and c.purpose = p.purpose and c.withdrawn_at is null and c.given_at >= b.at) and not exists (select from objection o where o.subject_id = $3 and o.purpose = p.purpose and o.lifted_at is null);

select distinct p.purpose from ban b, unnest(b.purposes) as p(purpose) where b.address_mac in ($1, $2) and not exists (select from consent c where c.subject_id = $3 and c.purpose = p.purpose and c.withdrawn_at is null and c.given_at >= b.at) and not exists (select from objection o where o.subject_id = $4 and o.purpose = p.purpose and o.lifted_at is null);

select from subject s where s.id = $1 and true;

select from subject s where s.id = $1 and true and not exists (select from restriction r where r.subject_id = s.id and r.register = $2 and r.lifted_at is null and not ($3 = any(r.purposes)));

select from subject s where s.id = $1 for key share;

select from subject s where s.id = $1 for update;

update "account" set "password_hash" = $1, "password_at" = $2 where "account"."subject_id" = $3::uuid;

update "customer_order" set "delivered_on" = $1, "warranty_period" = $2, "warranty_ends_on" = $3, "accepted_by" = $4 where "customer_order"."subject_id" = $5::uuid and "id" = $6;

update "customer_order" set "invoiced_at" = $1 where "customer_order"."subject_id" = $2::uuid and "id" = $3;

update "customer_search" set "tokens" = $1::bigint[] where "customer_search"."subject_id" = $2::uuid;

update "customer_search" set "tokens" = array(select unnest("tokens") except select unnest($1::bigint[]) union select unnest($2::bigint[])) where "customer_search"."subject_id" = $3::uuid;

update "customer_value" set "sealed" = $1, "rule" = $2 where "customer_value"."subject_id" = $3::uuid and "category" = $4;

update "erasure_ledger" set "keys_destroyed_at" = $1 where true and "id" in ($2) and "keys_destroyed_at" is null;

update "order_line" set "sealed" = $1 where "order_line"."subject_id" = $2::uuid and "order_id" = $3 and "line" = $4;

update "own_card_link" set "used_at" = $1 where true and "digest" = $2 and "used_at" is null and "revoked_at" is null and "ends_at" > $3 returning "subject_id";

update "person_request" set "erased_at" = $1, "erased_by" = $2 where "person_request"."subject_id" = $3::uuid and "asked_right" in ($4, $5, $6) and "identified_at" is not null and "outcome" is null;

update "person_request" set "package_at" = $1, "package_by" = $2 where "person_request"."subject_id" = $3::uuid and "asked_right" in ($4, $5) and "identified_at" is not null and "outcome" is null;

update "person_request" set "person_gone_at" = $1 where "person_request"."subject_id" = $2::uuid and "person_gone_at" is null;
