set role city_brain_intake;
-- Refusals as figures, without a single report: an analyst, who reaches no report, counts the same as everybody else. The view's owner is
-- the table's, whom its row-level security does not hold.
create view intake.refusal_view as
    select received_at, source_id, reason from intake.refused_report;
grant select on intake.refusal_view to city_brain_reader;
reset role;
