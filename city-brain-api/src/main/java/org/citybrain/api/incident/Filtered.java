package org.citybrain.api.incident;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentCategory;
import org.citybrain.messages.Level;

/** Describes the parameters by which incidents are chosen, for a list and for an export. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Parameter(
        name = "status",
        in = ParameterIn.QUERY,
        description = "`OPEN` stands for all but `CLOSED`, `FALSE_ALARM` and `MERGED`",
        array =
                @ArraySchema(
                        schema =
                                @Schema(
                                        allowableValues = {
                                            "OPEN",
                                            "DISPATCHED",
                                            "ACKNOWLEDGED",
                                            "IN_PROGRESS",
                                            "CONTAINED",
                                            "RESOLVED",
                                            "VERIFIED",
                                            "CLOSED",
                                            "FALSE_ALARM",
                                            "MERGED"
                                        })))
@Parameter(
        name = "level",
        in = ParameterIn.QUERY,
        description = "Everyday matters have none",
        array = @ArraySchema(schema = @Schema(implementation = Level.class)))
@Parameter(
        name = "scope",
        in = ParameterIn.QUERY,
        description = "Only everyday matters have one",
        array = @ArraySchema(schema = @Schema(implementation = HandlingScope.class)))
@Parameter(
        name = "type",
        in = ParameterIn.QUERY,
        description = "Codes of the item catalogue",
        array = @ArraySchema(schema = @Schema(type = "string", example = "flood.waterlogging")))
@Parameter(
        name = "category",
        in = ParameterIn.QUERY,
        array = @ArraySchema(schema = @Schema(implementation = IncidentCategory.class)))
@Parameter(
        name = "unit",
        in = ParameterIn.QUERY,
        description =
                "A unit's code: incidents that touch a grid of this unit or were dispatched to it or below it. `500000` is the city, as is `50`",
        schema = @Schema(type = "string", example = "500112"))
@Parameter(
        name = "bbox",
        in = ParameterIn.QUERY,
        description = "minLon,minLat,maxLon,maxLat in degrees, WGS-84: incidents located in it",
        schema = @Schema(type = "string", example = "106.4,29.5,106.6,29.6"))
@Parameter(
        name = "from",
        in = ParameterIn.QUERY,
        description = "Opened at this time or later",
        schema = @Schema(type = "string", format = "date-time", example = "2026-07-01T00:00:00Z"))
@Parameter(
        name = "to",
        in = ParameterIn.QUERY,
        description = "Opened before this time",
        schema = @Schema(type = "string", format = "date-time", example = "2026-07-02T00:00:00Z"))
@Parameter(
        name = "q",
        in = ParameterIn.QUERY,
        description = """
                A search: the readable number or its beginning from the dash on (`20260701-000017`), a unit's code, the beginning of a \
                unit's name, or a part of a type's name, of a report's description or of a note. A text without two letters or \
                digits in a row is looked for in the last 7 days; of the incidents whose reports or notes hold a text 10,000 \
                count at most, month by month from the newest on""",
        schema = @Schema(type = "string", minLength = 1, maxLength = 100, example = "积水严重"))
@interface Filtered {}
