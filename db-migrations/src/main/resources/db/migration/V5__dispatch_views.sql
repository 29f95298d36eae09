-- What other services may see of the schema dispatch.
set role city_brain_dispatch;

-- A report's state by its id: one probe of report_key, then one partition.
create view dispatch.report_view as
    select k.report_id, r.received_at, r.outcome, r.incident_id, r.reason, r.source_kind, r.source_id, r.type, r.occurred_at,
           r.location, r.grid_code, r.report, r.trace_id
    from dispatch.report_key k
    join dispatch.report r on r.received_at = k.received_at and r.report_id = k.report_id;

create view dispatch.incident_view as
    select id,
           to_char(opened_at at time zone 'Asia/Shanghai', 'YYYYMMDD') || '-' || lpad(number::text, 6, '0') as number,
           version, status, opened_at, closed_at, type, category, board, location, footprint, grid_code, unit_codes,
           commanding_unit, level, scope, needs_person, corroborated, report_count, first_occurred_at, last_occurred_at,
           people_affected, people_basis, area_km2, area_basis, grade, picture, grading_version, routing_version,
           correlation_version, catalogue_version, map_version, changed_at
    from dispatch.incident;
comment on column dispatch.incident_view.number is 'Readable: the day it was opened in the city''s own zone, and a number that is never used again.';

create view dispatch.task_view as
    select incident_id, id, version, tier, unit_code, role, status, dispatched_at, acknowledge_by, resolve_by, digest
    from dispatch.task;

create view dispatch.incident_event_view as
    select incident_id, sequence, transaction_id, recorded_at, kind, incident_version, actor, report_id, status_before,
           status_after, level, scope, commanding_unit, report_count, people_affected, area_km2, detail, trace_id
    from dispatch.incident_event;

create view dispatch.parked_report_view as
    select id, parked_at, report_id, source_id, received_at, reason, detail, status, topic, partition, record_offset,
           headers, payload, trace_id, settled_at, settled_reason
    from dispatch.parked_report;

create view dispatch.batch_outcome_view as
    select recorded_at, topic, partition, first_offset, source_id, hour, outcome, reports from dispatch.batch_outcome;

create view dispatch.consumed_partition_view as
    select topic, partition, next_offset from dispatch.consumed_partition;

create view dispatch.policy_view as
    select kind, version, status, document, effective_from, created_at, note from dispatch.policy;

-- The incident types of the item catalogue in force, one row each.
create view dispatch.incident_type_view as
    select t ->> 'code' as code, t ->> 'category' as category, t -> 'names' ->> 'zh-CN' as name_zh,
           t -> 'names' ->> 'en' as name_en, t ->> 'board' as board, p.version as catalogue_version
    from (select version, document from dispatch.policy
          where kind = 'item-catalogue' and status = 'EFFECTIVE' and effective_from <= now()
          order by effective_from desc, version desc limit 1) p
    cross join lateral jsonb_array_elements(p.document -> 'types') t;

grant select on dispatch.report_view, dispatch.incident_view, dispatch.task_view, dispatch.incident_event_view,
    dispatch.parked_report_view, dispatch.batch_outcome_view, dispatch.consumed_partition_view, dispatch.policy_view,
    dispatch.incident_type_view
    to city_brain_reader;
reset role;
