package org.citybrain.local.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.citybrain.local.RunningCity;
import org.citybrain.local.simulate.CityClient;
import org.citybrain.local.simulate.Place;
import org.citybrain.messages.Datum;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Report;
import org.citybrain.messages.SourceKind;
import org.citybrain.testing.NativeOnly;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An emergency from its first report to its verified closing, as the people of the chain see it on their own screens. */
@NativeOnly("opens pages in this machine's own browser")
class CommandCentreIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** After so many the page would have rung again. */
    private static final int BETWEEN_ALARMS_SECONDS = 5;

    private final CityClient city = RunningCity.client();
    private final Browsers browsers = new Browsers(RunningCity.ports(), RunningCity.folder());

    @AfterEach
    void nothing_was_wrong() {
        browsers.close();
    }

    @Test
    void from_a_gateways_report_to_the_verified_closing() throws Exception {
        Place place = city.listGrids().getFirst();
        OpenedPage screen = browsers.openScreen("district-operator", "en");
        OpenedPage phone = browsers.openPhone("grid-worker", "zh-CN", place);
        assertThat(screen.page().locator(".line.live")).isVisible();

        // Without reload, into it, and down its chain.
        String incident = report(place, "structure.collapse");
        Locator row = screen.find("incident-row", "data-id", incident);
        assertThat(row).isVisible();
        row.click();
        Locator status = screen.find("incident-status");
        assertThat(status).hasAttribute("data-status", "DISPATCHED");
        assertThat(screen.find("incident-level")).hasAttribute("data-level", "IV");
        Locator ofGrid = screen.find("task", "data-unit", place.gridCode());
        assertThat(ofGrid).hasAttribute("data-status", "DISPATCHED");
        Locator light = screen.find("task-light", "data-unit", place.gridCode());
        assertThat(light).hasAttribute("data-light", "green");
        assertThat(light).hasText(Pattern.compile("[0-9]:\\d\\d"));
        screen.keepPicture("command-centre-en");

        // While the district writes, the worker is faster: it is told, nothing is lost, one press sends it.
        screen.find("commands").click();
        screen.find("command", "data-command", "report-upward").click();
        screen.find("field-text").fill("A balcony has come down, we look at it.");
        String task = taskOf(incident, place);
        press(phone, task, "acknowledge");
        assertThat(ofGrid).hasAttribute("data-status", "ACKNOWLEDGED");
        assertThat(light).hasText(Pattern.compile("\\d+:\\d\\d:\\d\\d"));
        screen.expect(412, "/v1/incidents/" + incident);
        screen.find("command-send").click();
        assertThat(screen.find("conflict")).isVisible();
        assertThat(screen.find("conflict")).containsText("grid-worker");
        assertThat(screen.find("field-text")).hasValue("A balcony has come down, we look at it.");
        screen.keepPicture("conflict-en");
        screen.find("send-again").last().click();
        assertThat(screen.find("command-dialog")).isHidden();
        assertThat(screen.find("timeline-line", "data-kind", "REPORTED_UPWARD").first())
                .isVisible();

        // The worker's work, then the district's.
        press(phone, task, "arrive");
        phone.find("act-send").click();
        assertThat(ofGrid).hasAttribute("data-status", "IN_PROGRESS");
        press(phone, task, "report-back");
        phone.find("act-text").fill("围起来了，没有人受伤");
        phone.find("act-send").click();
        assertThat(ofGrid).hasAttribute("data-status", "REPORTED_BACK");
        phone.keepPicture("worker-zh-CN");
        for (String command : List.of("acknowledge", "start", "contain", "resolve")) {
            pressNext(screen, command);
        }
        assertThat(status).hasAttribute("data-status", "RESOLVED");

        // Nobody verifies their own work.
        assertThat(screen.find("nothing-to-press")).isVisible();
        OpenedPage other = browsers.openScreen("city-operator", "zh-CN");
        other.find("incident-row", "data-id", incident).click();
        assertThat(other.find("primary-action", "data-command", "verify")).isVisible();
        other.keepPicture("command-centre-zh-CN");
        pressNext(other, "verify");
        assertThat(status).hasAttribute("data-status", "VERIFIED");
        pressNext(screen, "close");
        assertThat(status).hasAttribute("data-status", "CLOSED");
        assertThat(screen.page().locator("[data-test=incident-row][data-id='" + incident + "']:not(.gone)"))
                .hasCount(0);
        assertThat(city.read("/v1/incidents/" + incident).body().get("status").asString())
                .isEqualTo("CLOSED");
    }

    @Test
    void what_a_worker_presses_without_a_line_is_kept_and_sent_when_there_is_one() throws Exception {
        Place place = city.listGrids().getFirst();
        String incident = report(place, "gas.leak");
        String task = taskOf(incident, place);
        OpenedPage phone = browsers.openPhone("grid-worker", "en", place);
        assertThat(phone.find("task", "data-id", task)).hasAttribute("data-status", "DISPATCHED");

        phone.setOffline(true);
        press(phone, task, "acknowledge");
        press(phone, task, "arrive");
        phone.find("act-send").click();
        assertThat(phone.find("badge")).hasText("2");
        assertThat(statusOf(incident, task)).isEqualTo("DISPATCHED");

        phone.setOffline(false);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(statusOf(incident, task)).isEqualTo("IN_PROGRESS"));
        assertThat(phone.find("badge")).hasCount(0);
        assertThat(phone.find("task", "data-id", task)).hasAttribute("data-status", "IN_PROGRESS");
    }

    @Test
    void a_grave_incident_is_heard_and_told_on_the_desktop_until_it_is_silenced() throws Exception {
        OpenedPage screen = browsers.openScreen("district-operator", "en");
        screen.listen();
        assertThat(screen.page().locator(".line.live")).isVisible();
        screen.find("alarm").click();
        assertThat(screen.page().evaluate("told.asked"))
                .as("nobody is asked unasked")
                .isEqualTo(0);
        screen.find("alarm-desktop").check();
        assertThat(screen.find("alarm-desktop")).isChecked();
        assertThat(screen.page().evaluate("told.asked")).isEqualTo(1);
        silenceAll(screen);

        String number = reportOfWorker(city.listGrids().getFirst(), "weather.windstorm", 640);
        await().atMost(PATIENCE)
                .until(
                        () -> screen.page().evaluate("told.notices.join()"),
                        told -> told.toString().contains(number));
        await().atMost(PATIENCE).until(() -> screen.page().evaluate("told.sounds.at(-1)"), "running"::equals);

        screen.find("alarm").click();
        assertThat(screen.find("ring", "data-number", number)).hasAttribute("data-cause", "grave");
        silenceAll(screen);
        screen.page().reload();
        assertThat(screen.page().locator(".line.live")).isVisible();
        screen.find("alarm").click();
        assertThat(screen.find("ring", "data-number", number)).hasClass("quiet");
        Locator clock = screen.page().locator("#clock");
        for (int second = 0; second < BETWEEN_ALARMS_SECONDS; second++) {
            assertThat(clock).not().hasText(clock.textContent());
        }
        assertThat(screen.page().evaluate("told.sounds.length")).isEqualTo(0);
    }

    private static void silenceAll(OpenedPage screen) {
        Locator all = screen.find("alarm-silence-all");
        if (all.count() > 0) {
            all.click();
        }
        assertThat(screen.find("alarm")).hasAttribute("data-ringing", "0");
        screen.page().keyboard().press("Escape");
    }

    /** The one big button of a task on the phone. */
    private static void press(OpenedPage phone, String task, String act) {
        phone.page()
                .locator("[data-test=task][data-id='" + task + "'] [data-test=next][data-act='" + act + "']")
                .click();
    }

    /** The one thing to press now, which has to be this; until it is carried out. */
    private static void pressNext(OpenedPage screen, String command) {
        Locator press = screen.find("primary-action", "data-command", command);
        press.click();
        assertThat(press).hasCount(0);
    }

    /** @return the incident's number; a worker's word is believed at once */
    private String reportOfWorker(Place place, String type, long people) throws Exception {
        UUID id = UUID.randomUUID();
        city.post(report(id, new Report.Source(SourceKind.GRID_WORKER, "grid-worker", null), place, type, people));
        return city.read("/v1/incidents/" + incidentOf(id)).body().get("number").asString();
    }

    private String report(Place place, String type) throws Exception {
        UUID id = UUID.randomUUID();
        var source = new Report.Source(SourceKind.SENSOR, "demo-gateway", "camera-0007");
        assertThat(city.postBatchOfGateway(List.of(report(id, source, place, type, 12)))
                        .get("accepted")
                        .asInt())
                .isEqualTo(1);
        return incidentOf(id);
    }

    private static String report(UUID id, Report.Source source, Place place, String type, long people) {
        return MessageJson.MAPPER.writeValueAsString(new Report(
                id,
                source,
                type,
                Instant.now().minusSeconds(5),
                new Report.Location(place.longitude(), place.latitude(), Datum.WGS84),
                null,
                people,
                null,
                null,
                "seen on the spot",
                null,
                null));
    }

    /** Each test reports a type of its own: what joined another's incident would not be news on its screen. */
    private String incidentOf(UUID report) throws Exception {
        JsonNode state = await().atMost(PATIENCE)
                .until(() -> city.read("/v1/reports/" + report).body(), body -> body.hasNonNull("incidentId"));
        assertThat(state.get("status").asString()).isEqualTo("OPENED");
        return state.get("incidentId").asString();
    }

    private String taskOf(String incident, Place place) throws Exception {
        return tasks(incident)
                .filter(task -> task.at("/unit/code").asString().equals(place.gridCode()))
                .map(task -> task.get("id").asString())
                .findFirst()
                .orElseThrow();
    }

    private String statusOf(String incident, String task) throws Exception {
        return tasks(incident)
                .filter(one -> one.get("id").asString().equals(task))
                .map(one -> one.get("status").asString())
                .findFirst()
                .orElseThrow();
    }

    private Stream<JsonNode> tasks(String incident) throws Exception {
        return city.read("/v1/incidents/" + incident).body().get("tasks").valueStream();
    }
}
