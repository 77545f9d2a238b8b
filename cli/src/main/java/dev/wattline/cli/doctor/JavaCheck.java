package dev.wattline.cli.doctor;

/** The Java that runs this. */
final class JavaCheck implements DoctorCheck {
    private final Runtime.Version version;
    private final String vendor;

    JavaCheck(Runtime.Version version, String vendor) {
        this.version = version;
        this.vendor = vendor;
    }

    static JavaCheck ofThisProcess() {
        return new JavaCheck(Runtime.version(), System.getProperty("java.vendor", "unknown vendor"));
    }

    @Override
    public String name() {
        return "Java";
    }

    @Override
    public CheckOutcome run() {
        String which = "Java " + version + ", " + vendor;
        CheckOutcome outcome = version.pre().isPresent()
                ? CheckOutcome.warn(which + ", which is no release", "Use a released JDK, 17 or newer.")
                : CheckOutcome.pass(which);
        return outcome.with("feature", version.feature());
    }
}
