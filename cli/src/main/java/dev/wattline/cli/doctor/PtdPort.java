package dev.wattline.cli.doctor;

import dev.wattline.director.analyzer.PortHolder;
import java.util.Optional;

/**
 * Whether the port that a PTDaemon is to listen on is free.
 *
 * @param holder the process that has it, where the system tells
 */
record PtdPort(int port, boolean isFree, Optional<String> holder) {

    static PtdPort look(int port) {
        return PortHolder.isFree(port)
                ? new PtdPort(port, true, Optional.empty())
                : new PtdPort(port, false, PortHolder.find(port));
    }

    String describe() {
        return "port " + port
                + (isFree
                        ? " is free"
                        : " is taken" + holder.map(process -> " by " + process).orElse(""));
    }
}
