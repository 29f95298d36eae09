package org.citybrain.dispatch.delegate;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.citybrain.access.Person;
import org.citybrain.access.audit.AuditLine;
import org.citybrain.access.audit.AuditTrail;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.correlate.IncidentId;
import org.citybrain.dispatch.correlate.OpenIncidents;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.delegate.DelegationRefused.Reason;
import org.citybrain.dispatch.policy.Policies;
import org.citybrain.dispatch.policy.PostgresPolicies;
import org.citybrain.dispatch.route.DelegateToGrid;
import org.citybrain.dispatch.route.PlannedTask;
import org.citybrain.dispatch.store.PostgresTransactions;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.TaskStatus;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * One person asks that a grid be given what is off the list, another one, of the grid's street or above, decides. Who asks without
 * reason, budget or handling manual is told what is missing, and that is audited.
 */
@Component
class Delegate {

    private final OpenIncidents openIncidents;
    private final PostgresDelegations delegations;
    private final PostgresPolicies policies;
    private final PostgresTransactions transactions;
    private final AuditTrail audit;
    private final Clock clock;

    Delegate(
            OpenIncidents openIncidents,
            PostgresDelegations delegations,
            PostgresPolicies policies,
            PostgresTransactions transactions,
            AuditTrail audit,
            Clock clock) {
        this.openIncidents = openIncidents;
        this.delegations = delegations;
        this.policies = policies;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    /** @throws DelegationRefused if it is not taken; the trail holds who asked for what, and why not */
    Delegation request(DelegationRequest request) {
        Map<String, String> lacks = request.lacks();
        if (!lacks.isEmpty()) {
            throw refused("delegation.request", request, DelegationRefused.incomplete(lacks));
        }
        try {
            transactions.inCommand(() -> store(request));
        } catch (DelegationRefused refusal) {
            throw refused("delegation.request", request, refusal);
        } catch (DuplicateKeyException sameMoment) {
            // Requests for one incident wait for each other; one for another incident may have taken the id meanwhile.
            throw refused("delegation.request", request, taken(Objects.requireNonNull(request.delegationId())));
        }
        return get(Objects.requireNonNull(request.delegationId()));
    }

    private void store(DelegationRequest request) {
        Person person = person();
        UUID id = Objects.requireNonNull(request.delegationId());
        UUID incidentId = Objects.requireNonNull(request.incidentId());
        String grid = Objects.requireNonNull(request.grid());
        Incident incident = lockedIncident(incidentId, person);
        Delegation known = delegations.find(id).orElse(null);
        if (known != null) {
            if (known.isAskedBy(request, person.name())) {
                return;
            }
            throw taken(id);
        }
        requireOffList(incident);
        if (!incident.units().contains(grid)) {
            throw DelegationRefused.of(
                    Reason.GRID_NOT_CONCERNED,
                    "incident " + incidentId + " does not touch the grid " + grid,
                    grid,
                    "one of "
                            + String.join(
                                    ", ", incident.units().stream().limit(20).toList()));
        }
        delegations.findStanding(incidentId, grid).ifPresent(other -> {
            throw DelegationRefused.of(
                    Reason.ALREADY_REQUESTED,
                    "delegation " + other.id() + " asks for this grid and is " + other.status(),
                    other.id(),
                    "a grid that nobody has asked for");
        });
        Delegation delegation = new Delegation(
                id,
                incidentId,
                grid,
                Objects.requireNonNull(request.reason()),
                Objects.requireNonNull(request.budgetYuan()),
                Objects.requireNonNull(request.manual()),
                Delegation.Status.REQUESTED,
                clock.instant(),
                person.name(),
                unit(person),
                null,
                null,
                null,
                null,
                null);
        delegations.insert(delegation);
        delegations.addLine(
                incidentId,
                IncidentEventKind.DELEGATION_REQUESTED,
                actor(person),
                delegation.requestedAt(),
                terms(delegation, delegation.reason()));
        audit.write(AuditLine.done("delegation.request", id, terms(delegation, delegation.reason())));
    }

    /** @throws DelegationRefused if it is not taken */
    Delegation approve(UUID id, String reason) {
        decide(id, reason, true);
        return get(id);
    }

    /** @throws DelegationRefused if it is not taken */
    Delegation refuse(UUID id, String reason) {
        decide(id, reason, false);
        return get(id);
    }

    private void decide(UUID id, String reason, boolean approve) {
        String action = approve ? "delegation.approve" : "delegation.refuse";
        try {
            transactions.inCommand(() -> {
                if (isDecidedSo(id, reason, approve)) {
                    return;
                }
                Delegation delegation = decidable(id);
                if (approve) {
                    storeApproval(delegation, reason);
                } else {
                    storeDecision(delegation, reason, null);
                }
                audit.write(AuditLine.done(action, id, terms(delegation, reason)));
            });
        } catch (DelegationRefused refusal) {
            audit.write(AuditLine.refused(action, id, refusal.reason().name(), Map.of("reason", reason)));
            throw refusal;
        }
    }

    /** Whether this person has decided it just so: they ask again because they had no answer. */
    private boolean isDecidedSo(UUID id, String reason, boolean approve) {
        Person person = person();
        Delegation delegation = delegations.find(id).orElse(null);
        return delegation != null
                && delegations.sees(delegation.incidentId(), unit(person))
                && delegation.status() == (approve ? Delegation.Status.APPROVED : Delegation.Status.REFUSED)
                && person.name().equals(delegation.decidedBy())
                && reason.equals(delegation.decisionReason());
    }

    /** The request, with its incident locked, where this person may decide it. */
    private Delegation decidable(UUID id) {
        Person person = person();
        Delegation asked = delegations.find(id).orElseThrow(() -> unknown("delegation", id));
        if (!delegations.sees(asked.incidentId(), unit(person))) {
            throw unknown("delegation", id);
        }
        openIncidents.lock(List.of(asked.incidentId()));
        Delegation delegation = delegations.find(id).orElseThrow(() -> unknown("delegation", id));
        if (delegation.status() != Delegation.Status.REQUESTED) {
            throw DelegationRefused.of(
                    Reason.ALREADY_DECIDED,
                    "delegation " + id + " was decided before by " + delegation.decidedBy(),
                    delegation.status(),
                    "one that is REQUESTED");
        }
        if (delegation.requestedBy().equals(person.name())) {
            throw DelegationRefused.of(
                    Reason.OWN_REQUEST, person.name() + " has asked for it", person.name(), "somebody else to decide");
        }
        UnitCode grid = new UnitCode(delegation.gridCode());
        UnitCode own = Objects.requireNonNull(person.unit());
        if (!grid.isWithin(own) || Tier.STREET.isAbove(own.tier())) {
            throw DelegationRefused.of(
                    Reason.UNIT_TOO_LOW,
                    "unit " + own + " does not decide for grid " + grid,
                    own,
                    "somebody of " + grid.at(Tier.STREET) + " or a unit above it");
        }
        return delegation;
    }

    private void storeApproval(Delegation delegation, String reason) {
        Incident incident = openIncidents.read(List.of(delegation.incidentId())).stream()
                .findFirst()
                .orElseThrow(() -> closed(delegation.incidentId()));
        requireOffList(incident);
        TaskState existing = findTask(incident, delegation.gridCode());
        if (existing != null) {
            // Given before, such as by reports of an incident that was merged into this one: it is not given twice.
            storeDecision(delegation, reason, existing.id());
            return;
        }
        Policies pinned = pinned(incident);
        String rule = rule(incident);
        PlannedTask planned = DelegateToGrid.tasks(
                        rule, List.of(delegation.gridCode()), pinned.routing().document())
                .getFirst();
        var now = clock.instant();
        TaskState task = new TaskState(
                IncidentId.ofTask(incident.id(), delegation.gridCode()),
                1,
                Tier.GRID,
                delegation.gridCode(),
                planned.role(),
                TaskStatus.DISPATCHED,
                now,
                planned.acknowledgeWithin() == null ? null : now.plus(planned.acknowledgeWithin()),
                planned.resolveWithin() == null ? null : now.plus(planned.resolveWithin()),
                false);
        delegations.insertTask(incident.id(), task);
        storeDecision(delegation, reason, task.id());
        Map<String, Object> dispatched = new LinkedHashMap<>();
        dispatched.put("offList", true);
        dispatched.put("rule", rule);
        dispatched.put("policyVersion", pinned.routing().version());
        dispatched.put("delegation", delegation.id());
        dispatched.put("tasks", List.of(task));
        delegations.addLine(incident.id(), IncidentEventKind.DISPATCHED, actor(person()), now, dispatched);
    }

    private void storeDecision(Delegation delegation, String reason, @Nullable UUID taskId) {
        Person person = person();
        var now = clock.instant();
        delegations.decide(
                delegation.id(),
                taskId == null ? Delegation.Status.REFUSED : Delegation.Status.APPROVED,
                now,
                person.name(),
                unit(person),
                reason,
                taskId);
        delegations.addLine(
                delegation.incidentId(),
                taskId == null ? IncidentEventKind.DELEGATION_REFUSED : IncidentEventKind.DELEGATION_APPROVED,
                actor(person),
                now,
                terms(delegation, reason));
    }

    /** Locked first, then read; not there for whoever may not see it. */
    private Incident lockedIncident(UUID id, Person person) {
        if (!delegations.sees(id, unit(person))) {
            throw unknown("incident", id);
        }
        openIncidents.lock(List.of(id));
        return openIncidents.read(List.of(id)).stream().findFirst().orElseThrow(() -> closed(id));
    }

    private void requireOffList(Incident incident) {
        if (pinned(incident).catalogue().document().get(incident.type()).delegable()) {
            throw DelegationRefused.of(
                    Reason.NOT_OFF_LIST,
                    "a grid may be given " + incident.type() + " without being asked for",
                    incident.type(),
                    "a type that the item catalogue keeps from grids");
        }
    }

    /** Those that the incident was opened with. */
    private Policies pinned(Incident incident) {
        return policies.of(Objects.requireNonNull(incident.stored()).policies());
    }

    /** The grid's own task, where it has one already. */
    private static @Nullable TaskState findTask(Incident incident, String grid) {
        return Objects.requireNonNull(incident.stored()).tasks().stream()
                .filter(task -> task.department() == null && task.unitCode().equals(grid))
                .findFirst()
                .orElse(null);
    }

    private Delegation get(UUID id) {
        return delegations.find(id).orElseThrow(() -> unknown("delegation", id));
    }

    /** Outside of the transaction that was undone. */
    private DelegationRefused refused(String action, DelegationRequest request, DelegationRefused refusal) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("why", String.valueOf(refusal.getMessage()));
        if (request.incidentId() != null) {
            detail.put("incident", request.incidentId().toString());
        }
        Object object = request.delegationId() == null ? "-" : request.delegationId();
        audit.write(AuditLine.refused(action, object, refusal.reason().name(), detail));
        return refusal;
    }

    private static Map<String, Object> terms(Delegation delegation, String reason) {
        Map<String, Object> terms = new LinkedHashMap<>();
        terms.put("delegation", delegation.id().toString());
        terms.put("grid", delegation.gridCode());
        terms.put("budgetYuan", delegation.budgetYuan());
        terms.put("manual", delegation.manual());
        terms.put("requestedBy", delegation.requestedBy());
        terms.put("reason", reason);
        return terms;
    }

    private static String rule(Incident incident) {
        Incident.Stored stored = Objects.requireNonNull(incident.stored());
        return stored.level() == null
                ? Objects.requireNonNull(stored.scope()).name()
                : stored.level().name();
    }

    private static Person person() {
        return Person.findCurrent().orElseThrow(() -> new IllegalStateException("nobody is signed in"));
    }

    /** Who has none sees nothing: no incident is visible to it. */
    private static String unit(Person person) {
        return person.unit() == null ? "" : person.unit().digits();
    }

    private static String actor(Person person) {
        return "person:" + person.name();
    }

    private static DelegationRefused taken(UUID id) {
        return DelegationRefused.of(
                Reason.DELEGATION_ID_TAKEN,
                "another request has the id " + id,
                id,
                "an id of its own for each request");
    }

    private static DelegationRefused closed(UUID incident) {
        return DelegationRefused.of(
                Reason.NOT_FOUND, "incident " + incident + " is not open any more", incident, "an open incident");
    }

    private static DelegationRefused unknown(String thing, UUID id) {
        return DelegationRefused.of(
                Reason.NOT_FOUND, "no " + thing + " has the id " + id, id, "the id of one that your unit sees");
    }
}
