package dev.wattline.lab.server;

import dev.wattline.model.WattlineException;
import dev.wattline.protocol.lab.LabMessage;

/** A request is refused; the other end is told why. */
final class RefusedException extends WattlineException {
    private final String code;

    RefusedException(String code, String message) {
        this(code, message, "");
    }

    RefusedException(String code, String message, String remedy) {
        super(message, remedy.isEmpty() ? null : remedy, null);
        this.code = code;
    }

    /** The answer that says so. */
    LabMessage answer() {
        LabMessage answer = LabMessage.empty().with("error", code).with("text", String.valueOf(getMessage()));
        return remedy().map(text -> answer.with("remedy", text)).orElse(answer);
    }
}
