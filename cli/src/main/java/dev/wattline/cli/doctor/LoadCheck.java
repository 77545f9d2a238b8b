package dev.wattline.cli.doctor;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/** What else this machine is doing: its load average of the last minute against its CPUs. */
final class LoadCheck implements DoctorCheck {
    private static final double LEAST = 1; // the load of a single busy thread, which the start of this very JVM is

    private final int cpus;
    private final double share;
    private final DoubleSupplier loadAverage;

    /** @param share the part of the CPUs above which the load is worth a warning */
    LoadCheck(int cpus, double share, DoubleSupplier loadAverage) {
        this.cpus = cpus;
        this.share = share;
        this.loadAverage = loadAverage;
    }

    /** A measured machine has nothing else to do: all it does is measured. */
    static LoadCheck ofMeasuredMachine() {
        return ofThisMachine(0.1);
    }

    /** A director needs little, but in time. */
    static LoadCheck ofDirector() {
        return ofThisMachine(0.8);
    }

    private static LoadCheck ofThisMachine(double share) {
        return new LoadCheck(
                Runtime.getRuntime().availableProcessors(),
                share,
                () -> ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    @Override
    public String name() {
        return "other load";
    }

    @Override
    public CheckOutcome run() {
        double load = loadAverage.getAsDouble();
        if (load < 0) {
            return CheckOutcome.pass("this system does not tell its load average");
        }
        String seen = String.format(Locale.ROOT, "load average %.2f on %d CPUs", load, cpus);
        CheckOutcome outcome = load > Math.max(LEAST, share * cpus)
                ? CheckOutcome.warn(seen, "See with 'top' what runs beside the measurement, and end it.")
                : CheckOutcome.pass(seen);
        return outcome.with("loadAverage", load).with("cpus", cpus);
    }
}
