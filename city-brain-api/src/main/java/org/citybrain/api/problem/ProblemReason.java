package org.citybrain.api.problem;

import org.springframework.http.HttpStatus;

/** Why a request was refused: the one name under which it is answered. */
public enum ProblemReason {
    /** A query or path parameter has a value that cannot be. */
    BAD_PARAMETER(HttpStatus.BAD_REQUEST, "A parameter has a value that cannot be"),
    /** A query parameter that this path does not know, most often a misspelt one. */
    UNKNOWN_PARAMETER(HttpStatus.BAD_REQUEST, "No such parameter"),
    /** The body is no JSON, or a field of it has a value that cannot be. */
    BAD_BODY(HttpStatus.BAD_REQUEST, "The body is not what was expected"),
    BAD_REQUEST(HttpStatus.BAD_REQUEST, "The request is not what was expected"),
    /** Nothing has this id, or nothing lies under this path. */
    NOT_FOUND(HttpStatus.NOT_FOUND, "Not found"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This path does not take this method"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "Only JSON is answered"),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Only JSON is read"),
    /** A parked report that a person has settled before. */
    ALREADY_SETTLED(HttpStatus.CONFLICT, "Already settled"),
    /** A policy's document has mistakes; {@code errors} names each place. */
    INVALID_POLICY(HttpStatus.UNPROCESSABLE_CONTENT, "The policy has mistakes"),
    /** The change does not say which state it is made on: {@code If-Match} is missing. */
    VERSION_REQUIRED(HttpStatus.PRECONDITION_REQUIRED, "If-Match is missing"),
    /** Somebody has changed it since. */
    STALE_VERSION(HttpStatus.PRECONDITION_FAILED, "Changed meanwhile"),
    /** A policy that is approved, in force, superseded or given up stays as it is. */
    NOT_OPEN(HttpStatus.CONFLICT, "Not open to changes"),
    /** No rehearsal of exactly this policy has finished. */
    NOT_REHEARSED(HttpStatus.CONFLICT, "Not rehearsed"),
    /** Who has written at a policy does not approve it. */
    SAME_PERSON(HttpStatus.CONFLICT, "A second person is needed"),
    /** The moment from which a policy should be in force has passed, or is too far away. */
    BAD_MOMENT(HttpStatus.UNPROCESSABLE_CONTENT, "Not at that moment"),
    TOO_MANY_DRAFTS(HttpStatus.CONFLICT, "Too many drafts"),
    /** As many rehearsals run and wait as may. */
    REHEARSALS_BUSY(HttpStatus.CONFLICT, "Too many rehearsals"),
    /** A rehearsal that is done, has failed or was cancelled before. */
    REHEARSAL_ENDED(HttpStatus.CONFLICT, "The rehearsal has ended"),
    /** A rehearsal that has found nothing yet, or never will. */
    REHEARSAL_NOT_DONE(HttpStatus.CONFLICT, "The rehearsal is not done"),
    /** A policy document that the evaluators cannot read. */
    POLICY_UNREADABLE(HttpStatus.CONFLICT, "The policy cannot be read"),
    /** A header of a command is missing or has a value that cannot be. */
    BAD_HEADER(HttpStatus.BAD_REQUEST, "A header is not what was expected"),
    /** The same Idempotency-Key came before with another command. */
    IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT, "This key was used for another command"),
    /** The incident's status does not allow the command. */
    ILLEGAL_MOVE(HttpStatus.CONFLICT, "Not allowed in this status"),
    /** The person's unit neither commands the incident nor stands above the one that does. */
    NOT_IN_COMMAND(HttpStatus.FORBIDDEN, "Only for whoever commands it"),
    /** The task is another unit's or department's. */
    NOT_THE_HANDLER(HttpStatus.FORBIDDEN, "Only for whoever has the task"),
    /** Levels I and II are the city's to close. */
    CITY_ONLY(HttpStatus.FORBIDDEN, "Only for the city"),
    /** Whoever has worked on an incident does not verify it. */
    OWN_WORK(HttpStatus.CONFLICT, "Somebody else verifies"),
    /** Others still execute and have not reported back. */
    STILL_AT_WORK(HttpStatus.CONFLICT, "Others are still at work"),
    /** There is no unit above the city. */
    NOBODY_ABOVE(HttpStatus.CONFLICT, "Nobody stands above"),
    /** The unit that is to be chased has no open work. */
    NOT_AT_WORK(HttpStatus.CONFLICT, "Not at work"),
    /** Everybody who is called has a task already. */
    ALREADY_AT_WORK(HttpStatus.CONFLICT, "At work already"),
    /** The command that this one was queued behind was not carried out. */
    PREVIOUS_NOT_DONE(HttpStatus.CONFLICT, "The command before was not carried out"),
    /** Two incidents whose types do not go together. */
    TYPES_APART(HttpStatus.CONFLICT, "The types do not go together"),
    /** More reports than can be added up anew while the incident is locked. */
    TOO_MANY_REPORTS(HttpStatus.CONFLICT, "Too many reports"),
    /** Only grids and streets summon departments. */
    NOT_A_WHISTLER(HttpStatus.FORBIDDEN, "Only grids and streets whistle"),
    /** A department that is summoned to the incident and not yet rated. */
    ALREADY_SUMMONED(HttpStatus.CONFLICT, "Summoned before"),
    NOT_THE_DEPARTMENT(HttpStatus.FORBIDDEN, "Another department was summoned"),
    NOT_THE_WHISTLER(HttpStatus.FORBIDDEN, "Somebody else has whistled"),
    /** Nobody checks in at an incident that is over. */
    INCIDENT_ENDED(HttpStatus.CONFLICT, "The incident is over"),
    /** Feedback of somebody who has neither reported the incident nor works in one of its grids. */
    NOT_CONCERNED(HttpStatus.FORBIDDEN, "Not concerned"),
    /** A person's second feedback on one end of an incident. */
    ALREADY_GIVEN(HttpStatus.CONFLICT, "Given before"),
    /** A delegation was asked for without reason, budget, handling manual or what it is about. */
    INCOMPLETE_DELEGATION(HttpStatus.UNPROCESSABLE_CONTENT, "Something is missing"),
    /** A grid that the incident does not touch. */
    GRID_NOT_CONCERNED(HttpStatus.UNPROCESSABLE_CONTENT, "Not the incident's grid"),
    /** A grid worker may be given this type anyway. */
    NOT_OFF_LIST(HttpStatus.CONFLICT, "That is on the list"),
    ALREADY_REQUESTED(HttpStatus.CONFLICT, "Asked for before"),
    DELEGATION_ID_TAKEN(HttpStatus.CONFLICT, "Another request has this id"),
    ALREADY_DECIDED(HttpStatus.CONFLICT, "Decided before"),
    /** Whoever asks for something does not decide it. */
    OWN_REQUEST(HttpStatus.FORBIDDEN, "Somebody else decides"),
    UNIT_TOO_LOW(HttpStatus.FORBIDDEN, "Not for your unit"),
    /** A webhook's address is none that may be called. */
    WEBHOOK_REFUSED(HttpStatus.UNPROCESSABLE_CONTENT, "That address may not be called"),
    /** This installation has no key for the secrets of webhooks. */
    WEBHOOKS_OFF(HttpStatus.CONFLICT, "There are no webhooks here"),
    /** The subscription is no longer served. */
    SUBSCRIPTION_DISABLED(HttpStatus.CONFLICT, "The subscription is disabled"),
    /** Somebody else has taken the unit over before. */
    TAKEN_OVER(HttpStatus.CONFLICT, "Taken over before"),
    TOO_MANY_SUBSCRIPTIONS(HttpStatus.CONFLICT, "Too many subscriptions"),
    /** A cursor of {@code /v1/changes} that is older than changes are kept for, or of a state of the database that is no more. */
    CURSOR_TOO_OLD(HttpStatus.GONE, "Begin anew"),
    /** An incident, task or parked report of a month that was archived: not here any more. */
    ARCHIVED(HttpStatus.GONE, "In the archive"),
    /** A person has as many live streams open as one may. */
    TOO_MANY_STREAMS(HttpStatus.TOO_MANY_REQUESTS, "Too many streams"),
    /** This instance serves as many live streams as it can. */
    STREAMS_BUSY(HttpStatus.SERVICE_UNAVAILABLE, "No stream is free"),
    /** This instance sends as many lists of open incidents at once as it may. */
    MAP_BUSY(HttpStatus.SERVICE_UNAVAILABLE, "Too many at once"),
    /** A piece of evidence of a type that is not taken, or that is not what it is said to be. */
    EVIDENCE_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Not a type of evidence"),
    EVIDENCE_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "Too large a piece"),
    /** What has come does not have the SHA-256 that was said. */
    EVIDENCE_DIFFERS(HttpStatus.UNPROCESSABLE_CONTENT, "Not what was announced"),
    /** More evidence within a day, more of it at once or in more parts than one person may send. */
    EVIDENCE_QUOTA(HttpStatus.TOO_MANY_REQUESTS, "Too much evidence"),
    /** A part of an upload that does not begin where the one before it ended. */
    UPLOAD_OFFSET(HttpStatus.CONFLICT, "Another part is expected"),
    /** The store of evidence does not answer. */
    EVIDENCE_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE, "The evidence store does not answer"),
    /** dispatch-service answered something that it should not. */
    DISPATCH_FAILED(HttpStatus.BAD_GATEWAY, "dispatch-service could not do it"),
    DISPATCH_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE, "dispatch-service does not answer"),
    GRID_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE, "grid-service does not answer"),
    INTAKE_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE, "event-intake does not answer"),
    BROKER_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE, "Kafka does not answer"),
    DATABASE_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE, "The database does not answer"),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "A fault of this service");

    private final HttpStatus status;
    private final String title;

    ProblemReason(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    public HttpStatus status() {
        return status;
    }

    String title() {
        return title;
    }
}
