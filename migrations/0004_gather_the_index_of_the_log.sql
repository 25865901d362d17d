-- The log is written with every look and searched by person seldom: its index may gather what is new before it sorts it in.
alter index audit_event_subjects set (fastupdate = on);
