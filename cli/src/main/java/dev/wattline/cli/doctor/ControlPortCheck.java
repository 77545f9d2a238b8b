package dev.wattline.cli.doctor;

/** Whether a director can listen where the configuration wants it to, or does so already. */
final class ControlPortCheck implements DoctorCheck {
    private final Once<Presence> presence;

    ControlPortCheck(Once<Presence> presence) {
        this.presence = presence;
    }

    @Override
    public String name() {
        return "director's port";
    }

    @Override
    public CheckOutcome run() throws InterruptedException {
        Presence found = presence.get();
        return switch (found.state()) {
            case FREE, DIRECTOR -> CheckOutcome.pass(found.said());
            case STRANGER ->
                CheckOutcome.fail(
                        found.said(), "End that process, or change 'listen' in section [server] of the configuration.");
            case UNUSABLE ->
                CheckOutcome.fail(
                        found.said(),
                        "Change 'listen' in section [server] of the configuration; ports below 1024 need root.");
        };
    }
}
