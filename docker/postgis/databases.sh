#!/bin/bash
# Runs once, when the cluster is made: our database, empty, and Keycloak's own beside it.
set -euo pipefail
psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set password="$KEYCLOAK_DATABASE_PASSWORD" <<'SQL'
create database city_brain template template0;
create role keycloak login password :'password';
create database keycloak owner keycloak template template0;
SQL
