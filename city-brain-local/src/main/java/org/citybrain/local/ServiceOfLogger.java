package org.citybrain.local;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** Says in each log line which service wrote it, by its package; a library's lines have a dash. */
public final class ServiceOfLogger extends ClassicConverter {

    private static final String ROOT = "org.citybrain.";
    private static final String IDENTITY = ROOT + "local.identity.";

    @Override
    public String convert(ILoggingEvent event) {
        String logger = event.getLoggerName();
        if (!logger.startsWith(ROOT)) {
            return "-";
        }
        if (logger.startsWith(IDENTITY)) {
            return "identity-server";
        }
        int end = logger.indexOf('.', ROOT.length());
        String module = logger.substring(ROOT.length(), end < 0 ? logger.length() : end);
        return switch (module) {
            case "intake" -> "event-intake";
            case "grid" -> "grid-service";
            case "dispatch" -> "dispatch-service";
            case "api" -> "city-brain-api";
            default -> module;
        };
    }
}
