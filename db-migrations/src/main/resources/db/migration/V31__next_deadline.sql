-- Of each task the deadline that runs out next and since when it runs: one definition for whoever shows a light (docs/deadlines.md).
-- A deadline that nobody waits for any more, because the incident was contained or resolved by then, is none.
-- It stays with city_brain_dispatch_views (V9).
create or replace view dispatch.task_view as
    select incident_id, id, version, tier, unit_code, role, status, dispatched_at, acknowledge_by, resolve_by, digest,
           department_code, department_name, board, changed_by, coalesce(changed_at, dispatched_at) as changed_at,
           least(case when status = 'DISPATCHED' and acknowledge_settled_for is distinct from acknowledge_by then acknowledge_by end,
                 case when status not in ('COMPLETED', 'RETURNED') and resolve_settled_for is distinct from resolve_by then resolve_by end)
               as due_at,
           case when status = 'DISPATCHED' and acknowledge_settled_for is distinct from acknowledge_by
                     and (acknowledge_by <= resolve_by or resolve_by is null or resolve_settled_for is not distinct from resolve_by)
                then coalesce(acknowledge_from, dispatched_at)
                when status not in ('COMPLETED', 'RETURNED') and resolve_settled_for is distinct from resolve_by
                then coalesce(resolve_from, dispatched_at) end
               as due_from
    from dispatch.task;
