package org.citybrain.grid.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.citybrain.grid.RunningGridService;
import org.junit.jupiter.api.Test;

/** The map as others find it in the database, judged by PostGIS. */
class StoredDemoCityTest extends RunningGridService {

    @Test
    void counts_by_tier() {
        Map<String, Object> counts = database().sql("""
                        select count(*) filter (where tier = 'CITY') as cities,
                               count(*) filter (where tier = 'DISTRICT') as districts,
                               count(*) filter (where tier = 'STREET') as streets,
                               count(*) filter (where tier = 'COMMUNITY') as communities,
                               count(*) filter (where tier = 'GRID') between 1000 and 1120 as about_five_grids_each,
                               bool_and(provenance = 'SYNTHETIC') as synthetic
                        from grid.unit_version
                        """).query().singleRow();

        assertThat(counts)
                .isEqualTo(Map.of(
                        "cities", 1L,
                        "districts", 2L,
                        "streets", 23L,
                        "communities", 212L,
                        "about_five_grids_each", true,
                        "synthetic", true));
    }

    @Test
    void no_border_is_invalid() {
        assertThat(count("select count(*) from grid.unit_version where not st_isvalid(boundary)"))
                .isZero();
    }

    @Test
    void no_siblings_overlap() {
        assertThat(count("""
                select count(*)
                from grid.unit_version a
                join grid.unit_version b on a.tier = b.tier and a.code < b.code and a.boundary && b.boundary
                where st_relate(a.boundary, b.boundary, '2********')
                """)).isZero();
    }

    @Test
    void each_child_lies_inside_its_parent() {
        assertThat(count("""
                select count(*)
                from grid.unit u
                join grid.unit_version child on child.code = u.code
                join grid.unit_version parent on parent.code = u.parent_code
                where not st_covers(parent.boundary, child.boundary)
                """)).isZero();
    }

    @Test
    void each_parent_has_the_people_and_the_area_of_its_children() {
        List<String> differing = database().sql("""
                        select parent.code
                        from grid.unit_version parent
                        join grid.unit u on u.parent_code = parent.code
                        join grid.unit_version child on child.code = u.code
                        group by parent.code, parent.valid_from
                        having parent.population <> sum(child.population)
                            or abs(st_area(parent.boundary) / sum(st_area(child.boundary)) - 1) > 1e-9
                            or abs(parent.area_km2 / sum(child.area_km2) - 1) > 1e-6
                        """).query(String.class).list();

        assertThat(differing).isEmpty();
    }

    @Test
    void the_outline_of_the_city_has_no_holes_and_the_area_of_all_grids() {
        assertThat(count("select st_nrings(boundary) from grid.unit_version where code = '50'"))
                .isOne();
        double city = database()
                .sql("select area_km2 from grid.unit_version where code = '50'")
                .query(Double.class)
                .single();
        double grids = database()
                .sql("select sum(area_km2) from grid.unit_version where tier = 'GRID'")
                .query(Double.class)
                .single();
        assertThat(grids).isCloseTo(city, within(1e-4));
    }

    @Test
    void neighbours_have_the_same_vertices_along_their_border() {
        // In a mesh without gaps every edge between two vertices is there twice, or is on the outline of the city.
        assertThat(count("""
                with edge as (
                    select v.code, least(a.point, b.point) as from_point, greatest(a.point, b.point) as to_point
                    from grid.unit_version v,
                         lateral st_dumppoints(v.boundary) as p(path, geom),
                         lateral (select st_astext(p.geom, 8) as point) a,
                         lateral (select st_astext(
                             st_pointn(st_exteriorring(st_geometryn(v.boundary, 1)), p.path[3] + 1), 8) as point) b
                    where v.tier in ('GRID', 'CITY') and b.point is not null
                )
                select count(*)
                from (select count(*) as sides from edge group by from_point, to_point) edges
                where sides <> 2
                """)).isZero();
    }

    @Test
    void key_places_of_every_kind_and_staff_are_there() {
        assertThat(count("select count(distinct kind) from grid.key_place_view"))
                .isEqualTo(5);
        assertThat(count("select count(*) from grid.key_place_view")).isGreaterThan(100);
        assertThat(count("select count(*) from grid.staff where unit_code = '50' and duty = 'OPERATOR'"))
                .isEqualTo(3);
        assertThat(count("""
                select count(*) from grid.unit u
                where u.tier = 'GRID' and not exists (select from grid.staff s where s.unit_code = u.code)
                """)).isZero();
    }

    private static long count(String sql) {
        return database().sql(sql).query(Long.class).single();
    }
}
