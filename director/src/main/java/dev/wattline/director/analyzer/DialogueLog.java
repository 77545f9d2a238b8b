package dev.wattline.director.analyzer;

import dev.wattline.director.results.ServerLog;
import dev.wattline.model.PythonRepr;
import dev.wattline.ptd.PtdEndpoint;
import dev.wattline.ptd.PtdException;
import dev.wattline.ptd.PtdExchange;
import dev.wattline.ptd.PtdListener;
import java.util.function.Consumer;

/** Writes the dialogue with PTDaemon into the session's log, in the reference's words (its spelling included), and passes it on. */
final class DialogueLog implements PtdListener {
    private final int analyzer;
    private final ServerLog log;
    private final Consumer<PtdExchange> replied;

    DialogueLog(int analyzer, ServerLog log, Consumer<PtdExchange> replied) {
        this.analyzer = analyzer;
        this.log = log;
        this.replied = replied;
    }

    @Override
    public void sending(PtdEndpoint endpoint, String command) {
        log.info("Analyzer [" + analyzer + "] is sending to ptd: " + PythonRepr.of(command));
    }

    @Override
    public void replied(PtdExchange exchange) {
        replied.accept(exchange);
        log.info("Analyzer [" + analyzer + "] recieved reply from ptd: "
                + PythonRepr.of(exchange.reply().line()));
    }

    @Override
    public void failed(PtdEndpoint endpoint, String command, PtdException failure) {
        log.error("Analyzer [" + analyzer + "] command " + PythonRepr.of(command) + " failed: " + failure.getMessage());
    }

    @Override
    public void unsolicited(PtdEndpoint endpoint, String line) {
        log.warning("Analyzer [" + analyzer + "] said unasked: " + PythonRepr.of(line));
    }
}
