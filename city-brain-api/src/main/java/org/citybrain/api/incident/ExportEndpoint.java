package org.citybrain.api.incident;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.citybrain.access.audit.AuditLine;
import org.citybrain.access.audit.AuditTrail;
import org.citybrain.access.container.CutBrokenAnswer;
import org.citybrain.api.request.QueryParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Incidents", description = "What happens in the city, how it was graded and why")
class ExportEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(ExportEndpoint.class);
    private static final int PORTION = 1_000;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final IncidentQueries incidents;
    private final AuditTrail audit;

    ExportEndpoint(IncidentQueries incidents, AuditTrail audit) {
        this.incidents = incidents;
        this.audit = audit;
    }

    @Operation(
            operationId = "exportIncidents",
            summary = "Incidents as a table or as points on a map, newest first",
            description = """
                    All that the same parameters would list, however many: read and sent a thousand at a time, so those opened \
                    meanwhile are not among them. In a table no cell is taken for a formula. Who asked for what is in the audit trail before the first \
                    byte is sent; an export that breaks off ends with its connection.""",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content = {
                                @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
                                @Content(mediaType = "application/geo+json", schema = @Schema(type = "object"))
                            }))
    @Parameter(
            name = "format",
            in = ParameterIn.QUERY,
            description = "`csv` where absent",
            schema = @Schema(allowableValues = {"csv", "geojson"}))
    @Parameter(
            name = "bom",
            in = ParameterIn.QUERY,
            description = "`true`: the table begins with a byte order mark, by which some spreadsheets know UTF-8",
            schema = @Schema(type = "boolean", defaultValue = "false"))
    @Filtered
    @GetMapping("/v1/incidents/export")
    void export(
            @Parameter(hidden = true) QueryParameters parameters,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        ExportFormat given = parameters.value("format", ExportFormat::parse, "csv or geojson");
        Boolean bom = parameters.value("bom", ExportEndpoint::flag, "true or false");
        IncidentFilter filter = IncidentFilter.read(parameters);
        ExportFormat format = given == null ? ExportFormat.CSV : given;
        audit.write(AuditLine.done("incident.export", format, Map.of("parameters", request.getParameterMap())));
        response.setContentType(format.mediaType());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + format.fileName() + "\"");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        try {
            send(filter, format, Boolean.TRUE.equals(bom), response);
        } catch (IOException | RuntimeException failure) {
            if (!response.isCommitted()) {
                throw failure;
            }
            LOG.warn("an export broke off, its connection is cut: {}", failure.toString());
            CutBrokenAnswer.breakOff(request);
        }
    }

    private void send(IncidentFilter filter, ExportFormat format, boolean bom, HttpServletResponse response)
            throws IOException {
        var out = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
        if (format == ExportFormat.CSV && bom) {
            out.write(BYTE_ORDER_MARK);
        }
        out.write(format.head());
        AtomicBoolean first = new AtomicBoolean(true);
        incidents.forEachPortion(filter, PORTION, portion -> write(portion, format, first, out));
        out.write(format.foot());
        out.flush();
    }

    private static void write(List<IncidentSummary> portion, ExportFormat format, AtomicBoolean first, Writer out) {
        try {
            for (IncidentSummary incident : portion) {
                out.write(format.item(incident, first.getAndSet(false)));
            }
            out.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("true or false");
        };
    }
}
