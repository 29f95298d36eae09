package org.citybrain.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class GrantsTest {

    private static final Database DATABASE = Infrastructure.shared().newDatabase();
    private static final JdbcClient ADMINISTRATOR = JdbcClient.create(DATABASE.administratorDataSource());

    record Relation(ServiceLogin owner, String schema, String name, boolean isView) {
        @Override
        public String toString() {
            return schema + "." + name;
        }
    }

    /** Every table and view of every schema: a new one is covered without anybody having to think of it. */
    static Stream<Relation> relations() {
        List<Relation> relations = ADMINISTRATOR
                .sql("""
                        select n.nspname as schema, c.relname as name, c.relkind = 'v' as is_view
                        from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        where n.nspname in ('intake', 'grid', 'dispatch', 'api', 'identity') and c.relkind in ('r', 'p', 'v') and not c.relispartition
                        order by 1, 2""")
                .query((row, number) -> new Relation(
                        ServiceLogin.valueOf(row.getString("schema").toUpperCase(Locale.ROOT)),
                        row.getString("schema"),
                        row.getString("name"),
                        row.getBoolean("is_view")))
                .list();
        assertThat(relations).hasSizeGreaterThan(30);
        return relations.stream();
    }

    @ParameterizedTest
    @MethodSource("relations")
    void its_owner_alone_writes_a_table_and_others_read_only_views(Relation relation) {
        for (ServiceLogin login : ServiceLogin.values()) {
            JdbcClient client = JdbcClient.create(DATABASE.dataSource(login));
            if (login == relation.owner()) {
                assertThatCode(() -> read(client, relation)).doesNotThrowAnyException();
                continue;
            }
            if (relation.isView() && isFor(login, relation)) {
                assertThatCode(() -> read(client, relation)).doesNotThrowAnyException();
            } else {
                assertDenied(() -> read(client, relation));
            }
            assertDenied(() -> client.sql("delete from " + relation).update());
            assertDenied(() ->
                    client.sql("insert into " + relation + " default values").update());
            assertDenied(() -> client.sql("drop " + (relation.isView() ? "view " : "table ") + relation)
                    .update());
        }
    }

    @ParameterizedTest
    @MethodSource("relations")
    void each_relation_belongs_to_the_login_of_its_schema_or_is_a_view_under_row_level_security(Relation relation) {
        String ownerOfBoundViews = "city_brain_" + relation.schema() + "_views";
        assertThat(ADMINISTRATOR
                        .sql("select pg_get_userbyid(relowner) from pg_class where oid = to_regclass(:relation)")
                        .param("relation", relation.toString())
                        .query(String.class)
                        .single())
                .isIn(
                        relation.owner().role(),
                        relation.isView() ? ownerOfBoundViews : relation.owner().role());
    }

    /** Views are for all services but the identity server; who was told of what is for the one that writes it into timelines. */
    private static boolean isFor(ServiceLogin login, Relation relation) {
        return switch (relation.toString()) {
            case "grid.unit_view" -> true;
            case "api.receipt_view" -> login == ServiceLogin.DISPATCH;
            default -> login != ServiceLogin.IDENTITY;
        };
    }

    private static void read(JdbcClient client, Relation relation) {
        client.sql("select * from " + relation + " limit 1").query().listOfRows();
    }

    private static void assertDenied(ThrowingCallable statement) {
        assertThatThrownBy(statement)
                .rootCause()
                .hasMessageMatching(
                        "(?s)ERROR: (permission denied|must be owner|cannot (delete from|insert into) view).*");
    }
}
