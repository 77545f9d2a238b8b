package dev.wattline.cli.doctor;

/** Whether the port of an analyzer's PTDaemon is free. */
final class PtdPortCheck implements DoctorCheck {
    private final int analyzer;
    private final Once<PtdPort> port;
    private final Once<Presence> presence;

    PtdPortCheck(int analyzer, Once<PtdPort> port, Once<Presence> presence) {
        this.analyzer = analyzer;
        this.port = port;
        this.presence = presence;
    }

    @Override
    public String name() {
        return "analyzer " + analyzer + ": port";
    }

    @Override
    public CheckOutcome run() throws InterruptedException {
        PtdPort found = port.get();
        if (found.isFree()) {
            return CheckOutcome.pass(found.describe()).with("port", found.port());
        }
        CheckOutcome outcome = presence.get().isDirector()
                ? CheckOutcome.pass(found.describe() + ", while a director runs here")
                : CheckOutcome.fail(found.describe(), "End that process, or give this analyzer another networkPort.");
        return outcome.with("port", found.port());
    }
}
