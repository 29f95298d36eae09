#!/bin/bash
# Lets the four services do at Kafka what each needs, and nothing else. Their names get passwords as an integrator's do.
#   KAFKA=host:port KAFKA_ADMIN=admin.properties allow-services.sh
set -euo pipefail
server=(--bootstrap-server "${KAFKA:?host:port of a broker}" --command-config "${KAFKA_ADMIN:?client properties of a super user}")

allow() {
  local who=$1
  shift
  kafka-acls.sh "${server[@]}" --add --force --allow-principal "User:$who" "$@"
}

received=citybrain.report-received.v1 rejected=citybrain.report-rejected.v1
incidents=citybrain.incident-changed.v1 tasks=citybrain.task-changed.v1
map=citybrain.governance-map-changed.v1 anchor=citybrain.audit-anchor.v1

# Each makes its own topics.
own=(--operation Create --operation Describe --operation DescribeConfigs --operation Write)
read=(--operation Read --operation Describe)

allow event-intake "${own[@]}" --operation Read --topic "$received" --topic "$rejected"
allow event-intake --operation Read --group event-intake-account

allow dispatch-service "${own[@]}" --topic "$incidents" --topic "$tasks"
allow dispatch-service "${read[@]}" --topic "$received" --topic "$map"
allow dispatch-service "${read[@]}" --group dispatch-service --resource-pattern-type prefixed

allow grid-service "${own[@]}" --topic "$map"

allow city-brain-api "${own[@]}" --operation Read --topic "$anchor"
allow city-brain-api --operation Read --group audit-verification
allow city-brain-api --operation Describe --topic "$received" --topic "$rejected"
