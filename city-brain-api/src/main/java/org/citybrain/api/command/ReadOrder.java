package org.citybrain.api.command;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads the body of a command as its record says. What is no such body is refused as everywhere else. */
@Component
class ReadOrder {

    private final JsonMapper json;

    ReadOrder(JsonMapper json) {
        this.json = json;
    }

    /** @throws HttpMessageNotReadableException if it is no such body */
    Object read(byte[] body, DescribedCommand command) {
        try {
            Object order = json.readValue(body, command.body());
            if (order == null) {
                throw new HttpMessageNotReadableException("the body is null", new Body(body));
            }
            return order;
        } catch (JacksonException failure) {
            throw new HttpMessageNotReadableException("the body is no such command", failure, new Body(body));
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    private record Body(byte[] bytes) implements HttpInputMessage {

        @Override
        public InputStream getBody() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public HttpHeaders getHeaders() {
            return HttpHeaders.EMPTY;
        }
    }
}
