package org.citybrain.dispatch.command.incident;

import java.sql.Timestamp;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.KnownIncident;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What people said of sources, in dispatch.source_label: one label for each source of an incident, the last one. */
@Component
class PostgresSourceLabels {

    /** Expects report_by_incident of each month. */
    private static final String LABEL_REPORTERS = """
            insert into dispatch.source_label (incident_id, source_kind, source_id, label, labelled_by, labelled_at, opened_at)
            select distinct :incident::uuid, source_kind, source_id, :label, :by, :now::timestamptz, :opened_at::timestamptz
            from dispatch.report
            where incident_id = :incident and source_kind <> 'CITIZEN'
            on conflict (incident_id, source_kind, source_id) do update
            set label = excluded.label, labelled_by = excluded.labelled_by, labelled_at = excluded.labelled_at
            """;

    private static final String LABEL_MISSED = """
            insert into dispatch.source_label (incident_id, source_kind, source_id, label, labelled_by, labelled_at, opened_at)
            select :incident, 'SENSOR', source_id, 'MISSED', :by, :now, :opened_at
            from unnest(:sources) as source_id
            on conflict (incident_id, source_kind, source_id) do update
            set label = excluded.label, labelled_by = excluded.labelled_by, labelled_at = excluded.labelled_at
            """;

    private static final String FORGET_MISSED = """
            delete from dispatch.source_label where incident_id = :incident and label = 'MISSED'
            """;

    private static final String UNKNOWN = """
            select asked.source_id
            from unnest(:sources) as asked (source_id)
            where not exists (select from intake.source_view s where s.source_id = asked.source_id)
            order by 1
            """;

    private static final String REPORTED = """
            select distinct source_id
            from dispatch.report
            where incident_id = :incident and source_id = any (:sources) and source_kind in ('SENSOR', 'SYSTEM')
            order by 1
            """;

    /** Where both incidents have one of a source, the later word counts. */
    private static final String COPY_ALL = """
            insert into dispatch.source_label as present
                   (incident_id, source_kind, source_id, label, labelled_by, labelled_at, opened_at)
            select :to, source_kind, source_id, label, labelled_by, labelled_at, :opened_at
            from dispatch.source_label
            where incident_id = :from
            on conflict (incident_id, source_kind, source_id) do update
            set label = excluded.label, labelled_by = excluded.labelled_by, labelled_at = excluded.labelled_at
            where excluded.labelled_at > present.labelled_at
            """;

    /** Whoever reported one of the two has not missed what is one now. Expects report_by_incident of each month. */
    private static final String FORGET_MISSED_BY_REPORTERS = """
            delete from dispatch.source_label l
            where l.incident_id = :incident and l.label = 'MISSED'
              and exists (select from dispatch.report r
                          where r.incident_id = :incident and r.source_id = l.source_id and r.source_kind in ('SENSOR', 'SYSTEM'))
            """;

    private static final String FORGET_ALL = """
            delete from dispatch.source_label where incident_id = :incident
            """;

    /** Those of sources whose reports have all gone there. */
    private static final String FOLLOW_REPORTS = """
            update dispatch.source_label l
            set incident_id = :to, opened_at = :opened_at
            where l.incident_id = :from and l.label <> 'MISSED'
              and not exists (select from dispatch.report r
                              where r.incident_id = :from and r.source_kind = l.source_kind and r.source_id = l.source_id)
              and exists (select from dispatch.report r
                          where r.incident_id = :to and r.source_kind = l.source_kind and r.source_id = l.source_id)
            """;

    private final JdbcClient jdbc;

    PostgresSourceLabels(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Labels every source that has reported the incident so far, but for citizens: nobody judges them. */
    void labelReporters(CommandCase<?> command, String label) {
        jdbc.sql(LABEL_REPORTERS)
                .param("incident", command.incidentId())
                .param("label", label)
                .param("by", command.actor())
                .param("now", Timestamp.from(command.now()))
                .param("opened_at", Timestamp.from(command.before().openedAt()))
                .update();
    }

    void labelMissed(CommandCase<?> command, Collection<String> sources) {
        jdbc.sql(LABEL_MISSED)
                .param("incident", command.incidentId())
                .param("sources", sources.toArray(String[]::new))
                .param("by", command.actor())
                .param("now", Timestamp.from(command.now()))
                .param("opened_at", Timestamp.from(command.before().openedAt()))
                .update();
    }

    /** Nobody has missed what did not happen. */
    void forgetMissed(UUID incident) {
        jdbc.sql(FORGET_MISSED).param("incident", incident).update();
    }

    /** Those of these sources that are not registered. */
    List<String> unknown(Collection<String> sources) {
        return jdbc.sql(UNKNOWN)
                .param("sources", sources.toArray(String[]::new))
                .query((row, i) -> row.getString("source_id"))
                .list();
    }

    /** Those of these sources that have reported the incident. */
    List<String> reported(UUID incident, Collection<String> sources) {
        return jdbc.sql(REPORTED)
                .param("incident", incident)
                .param("sources", sources.toArray(String[]::new))
                .query((row, i) -> row.getString("source_id"))
                .list();
    }

    /** After its reports have moved. */
    void moveAll(UUID from, KnownIncident to) {
        jdbc.sql(COPY_ALL)
                .param("from", from)
                .param("to", to.state().id())
                .param("opened_at", Timestamp.from(to.openedAt()))
                .update();
        jdbc.sql(FORGET_ALL).param("incident", from).update();
        jdbc.sql(FORGET_MISSED_BY_REPORTERS).param("incident", to.state().id()).update();
    }

    /** After reports have moved: the labels of sources that have gone with them. */
    void followReports(UUID from, KnownIncident to) {
        jdbc.sql(FOLLOW_REPORTS)
                .param("from", from)
                .param("to", to.state().id())
                .param("opened_at", Timestamp.from(to.openedAt()))
                .update();
    }
}
