-- The life of a policy: draft, rehearsed, approved by a second person, effective from a moment, superseded by the next.
set role city_brain_dispatch;

alter table dispatch.policy
    add column row_version     integer not null default 1 check (row_version > 0),
    add column based_on        integer,
    add column authors         text[] not null default '{}',
    add column changed_at      timestamptz,
    add column rehearsed_at    timestamptz,
    add column approved_by     text,
    add column approved_at     timestamptz,
    add column approval_reason text,
    add column withdrawn_by    text,
    add column withdrawn_at    timestamptz,
    drop constraint policy_status_check,
    drop constraint policy_check,
    add constraint policy_status_check
        check (status in ('DRAFT', 'REHEARSED', 'APPROVED', 'EFFECTIVE', 'SUPERSEDED', 'WITHDRAWN')),
    add constraint effective_from_of_approved
        check ((effective_from is null) = (status in ('DRAFT', 'REHEARSED', 'WITHDRAWN'))),
    add constraint approved_by_another check (approved_by is null or not approved_by = any (authors)),
    add constraint withdrawn_by_somebody check ((status = 'WITHDRAWN') = (withdrawn_at is not null)),
    add foreign key (kind, based_on) references dispatch.policy (kind, version);

comment on table dispatch.policy is
    'Versioned documents. Of the approved ones of a kind that is in force whose moment came last. A document that was approved is never changed, and no row is ever deleted: incidents keep the versions that they were opened with.';
comment on column dispatch.policy.status is
    'What was decided. EFFECTIVE and SUPERSEDED follow from the moment (dispatch.policy_status); as stored values they mean APPROVED, and stand only in what a migration brought.';
comment on column dispatch.policy.row_version is 'Moves with every change: the ETag.';
comment on column dispatch.policy.authors is 'Accounts of all who have written at it, the first first. None of them may approve it. Empty where a migration brought it.';

-- What a version is at a moment. superseded_at: when the next one of its kind takes its place.
create function dispatch.policy_status(status text, effective_from timestamptz, superseded_at timestamptz, moment timestamptz)
    returns text
    language sql immutable parallel safe
    return case
        when effective_from is null then status
        when effective_from > moment then 'APPROVED'
        when superseded_at <= moment then 'SUPERSEDED'
        else 'EFFECTIVE'
    end;

create view dispatch.policy_term as
    select kind, version, status, effective_from,
           case when effective_from is not null then
               lead(effective_from) over (partition by kind, effective_from is not null order by effective_from, version)
           end as superseded_at
    from dispatch.policy;
comment on view dispatch.policy_term is 'From when until when each version is in force. Of two with the same moment the later version.';
grant select on dispatch.policy_term to city_brain_reader;
reset role;

drop view dispatch.policy_view;
set role city_brain_dispatch;
create view dispatch.policy_view as
    select p.kind, p.version, dispatch.policy_status(p.status, p.effective_from, t.superseded_at, now()) as status, p.document,
           p.effective_from, t.superseded_at, p.created_at, p.note, p.row_version, p.based_on, p.authors, p.changed_at,
           p.rehearsed_at, p.approved_by, p.approved_at, p.approval_reason, p.withdrawn_by, p.withdrawn_at
    from dispatch.policy p
    join dispatch.policy_term t on t.kind = p.kind and t.version = p.version;
grant select on dispatch.policy_view to city_brain_reader;
reset role;

alter view dispatch.policy_term owner to city_brain_dispatch_views;
alter view dispatch.policy_view owner to city_brain_dispatch_views;

-- The incident types of the item catalogue in force, one row each.
create or replace view dispatch.incident_type_view as
    select t ->> 'code' as code, t ->> 'category' as category, t -> 'names' ->> 'zh-CN' as name_zh,
           t -> 'names' ->> 'en' as name_en, t ->> 'board' as board, p.version as catalogue_version
    from (select version, document from dispatch.policy
          where kind = 'item-catalogue' and effective_from <= now()
          order by effective_from desc, version desc limit 1) p
    cross join lateral jsonb_array_elements(p.document -> 'types') t;
