#!/bin/bash
# Gives another system its name and password at Kafka and lets it read what is published, nothing else.
#   KAFKA=host:port KAFKA_ADMIN=admin.properties allow-integrator.sh NAME PASSWORD_FILE
# Again with another password: changes the password. Needs Kafka's own commands on the PATH.
set -euo pipefail
name=${1:?which integrator?} password=$(<"${2:?a file with its password}")
server=(--bootstrap-server "${KAFKA:?host:port of a broker}" --command-config "${KAFKA_ADMIN:?client properties of a super user}")

# In a file that only its owner reads: a command line can be read by all.
credential=$(umask 077 && mktemp)
trap 'rm -f "$credential"' EXIT
printf 'SCRAM-SHA-512=iterations=8192,password=%s\n' "$password" >"$credential"
kafka-configs.sh "${server[@]}" --alter --add-config-file "$credential" --entity-type users --entity-name "$name"

kafka-acls.sh "${server[@]}" --add --force --allow-principal "User:$name" --operation Read --operation Describe \
  --topic citybrain.incident-changed.v1 --topic citybrain.task-changed.v1 --topic citybrain.governance-map-changed.v1
# Its consumer groups are named after it, with a dot: weather.main.
kafka-acls.sh "${server[@]}" --add --force --allow-principal "User:$name" --operation Read \
  --group "$name." --resource-pattern-type prefixed
