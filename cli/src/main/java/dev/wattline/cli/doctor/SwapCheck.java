package dev.wattline.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Whether memory is short: what Linux says in {@code /proc/meminfo} of swap and of memory to be had without it. */
final class SwapCheck implements DoctorCheck {
    private static final double MUCH_SWAP = 0.1;
    private static final double LITTLE_MEMORY = 0.05;
    private static final double KIB_PER_GIB = 1024.0 * 1024;

    private final Path meminfo;

    SwapCheck(Path meminfo) {
        this.meminfo = meminfo;
    }

    static SwapCheck ofThisMachine() {
        return new SwapCheck(Path.of("/proc/meminfo"));
    }

    @Override
    public String name() {
        return "memory and swap";
    }

    @Override
    public CheckOutcome run() {
        Map<String, Long> kib;
        try {
            kib = read();
        } catch (IOException e) {
            return CheckOutcome.pass("this system does not tell by /proc/meminfo");
        }
        long total = kib.getOrDefault("MemTotal", 0L);
        long available = kib.getOrDefault("MemAvailable", total);
        long swap = kib.getOrDefault("SwapTotal", 0L);
        long used = swap - kib.getOrDefault("SwapFree", swap);
        String seen = String.format(
                Locale.ROOT,
                "%.1f of %.1f GiB memory available, %.1f of %.1f GiB swap used",
                available / KIB_PER_GIB,
                total / KIB_PER_GIB,
                used / KIB_PER_GIB,
                swap / KIB_PER_GIB);
        boolean isShort = used > MUCH_SWAP * swap || available < LITTLE_MEMORY * total;
        CheckOutcome outcome = isShort
                ? CheckOutcome.warn(
                        seen, "End what holds memory; once memory is free, 'swapoff -a && swapon -a' empties the swap.")
                : CheckOutcome.pass(seen);
        return outcome.with("availableBytes", available * 1024).with("swapUsedBytes", used * 1024);
    }

    private Map<String, Long> read() throws IOException {
        Map<String, Long> kib = new HashMap<>();
        for (String line : Files.readAllLines(meminfo)) {
            String[] parts = line.split("[:\\s]+");
            if (parts.length >= 2 && parts[1].matches("[0-9]{1,18}")) {
                kib.put(parts[0], Long.parseLong(parts[1]));
            }
        }
        return kib;
    }
}
