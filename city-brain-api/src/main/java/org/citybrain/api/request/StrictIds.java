package org.citybrain.api.request;

import java.beans.PropertyEditorSupport;
import java.util.UUID;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/** Reads the ids in paths as strictly as those in queries. An editor, because Spring tries its own lenient one after a converter. */
@ControllerAdvice
class StrictIds {

    @InitBinder
    void readStrictly(WebDataBinder binder) {
        binder.registerCustomEditor(UUID.class, new PropertyEditorSupport() {
            @Override
            public void setAsText(String text) {
                setValue(QueryParameters.parseUuid(text));
            }
        });
    }
}
