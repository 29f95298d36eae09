-- From dispatch to verified closing: people's commands on tasks, and who brought a task to its version.
set role city_brain_dispatch;

alter table dispatch.task
    add column changed_by text not null default 'rule:routing',
    add column changed_at timestamptz;
comment on column dispatch.task.changed_by is 'Who (person:ACCOUNT) or which rule brought it to its version.';
comment on column dispatch.task.changed_at is 'When. Null: nothing has changed it since it was dispatched.';

-- What the command was on, and its version after it: the ETag of the kept answer, and what a command that was queued behind it is decided on.
alter table dispatch.command
    add column subject_id uuid,
    add column version integer;
update dispatch.command set subject_id = incident_id, version = (answer -> 'incident' ->> 'version')::integer;
alter table dispatch.command
    alter column subject_id set not null,
    alter column version set not null;
comment on column dispatch.command.subject_id is 'The incident, task or check-in that the command was on.';
comment on column dispatch.command.digest is 'SHA-256 of command, what it is on, and body: the same key with another one is refused.';
reset role;

-- It stays with city_brain_dispatch_views (V9).
create or replace view dispatch.task_view as
    select incident_id, id, version, tier, unit_code, role, status, dispatched_at, acknowledge_by, resolve_by, digest,
           department_code, department_name, board, changed_by, coalesce(changed_at, dispatched_at) as changed_at
    from dispatch.task;
