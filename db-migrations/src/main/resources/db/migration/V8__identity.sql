-- Accounts of the local identity server. In production people come from the city's own OpenID Connect provider, and this
-- schema stays empty; its login then has no password, so that nobody can sign in with it.
do $$
begin
    perform pg_advisory_xact_lock(hashtext('city_brain_roles'));
    if not exists (select from pg_roles where rolname = 'city_brain_identity') then
        create role city_brain_identity login;
    end if;
    grant city_brain_identity to current_user;
end
$$;

create schema identity authorization city_brain_identity;
comment on schema identity is 'Who may sign in at the local identity server. Written by it; nobody else may read it.';

set role city_brain_identity;

create table identity.account (
    name          text primary key check (name ~ '^[a-z][a-z0-9.-]{0,62}[a-z0-9]$'),
    password_hash text,
    roles         text[] not null
                  check (roles <@ array['OPERATOR', 'GRID_WORKER', 'DEPARTMENT', 'ANALYST', 'ADMIN', 'INTEGRATOR']
                         and array_position(roles, null) is null),
    unit          text check (unit ~ '^[0-9]+$' and length(unit) in (2, 6, 9, 12, 15, 17)),
    department    text check (department ~ '^[a-z0-9][a-z0-9-]{0,63}$'),
    enabled       boolean not null,
    provenance    text not null check (provenance in ('SYNTHETIC', 'REGISTERED')),
    updated_at    timestamptz not null
);
comment on table identity.account is 'One per person or system. An account, never a person''s name.';
comment on column identity.account.password_hash is 'With its algorithm in front, such as {bcrypt}…; null: cannot sign in yet.';
comment on column identity.account.unit is 'The subtree that the account sees and acts on. No reference: the map may come later.';
comment on column identity.account.updated_at is 'What was signed in before this moment gets no further token.';
reset role;

-- The demo people stand in one chain of the map that is there.
set role city_brain_grid;
grant usage on schema grid to city_brain_identity;
grant select on grid.unit_view to city_brain_identity;
reset role;

set role city_brain_audit;
grant usage on schema audit to city_brain_identity;
grant execute on function audit.append to city_brain_identity;
reset role;
