package org.citybrain.access.container;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/** Cuts the connection of an answer that broke off after it had begun: nobody shall take what came for the whole. */
public final class CutBrokenAnswer extends ValveBase {

    private static final String BROKEN_OFF = CutBrokenAnswer.class.getName();

    CutBrokenAnswer() {
        super(true);
    }

    /** This request's answer is not whole, and nothing can be said about it any more. */
    public static void breakOff(ServletRequest request) {
        request.setAttribute(BROKEN_OFF, true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        if (request.getAttribute(BROKEN_OFF) != null) {
            response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
        }
    }
}
