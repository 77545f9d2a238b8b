package dev.wattline.sut.telemetry.ipmi;

import dev.wattline.files.TelemetryMeta.Kind;
import dev.wattline.files.TelemetryMeta.Series;
import dev.wattline.model.process.ShortProgram.Result;
import dev.wattline.sut.SutException;
import dev.wattline.sut.telemetry.source.PowerReader;
import dev.wattline.sut.telemetry.source.ProgramCall;
import dev.wattline.sut.telemetry.source.SourceSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The management controller's power of the whole machine, by {@code ipmitool dcmi power reading}, or where it does not
 * know that command by the sensor that {@code ipmitool sdr elist full} shows. Of the former's lines only the instantaneous
 * reading is of use: the mean is over anything from a second to the controller's uptime. Fans are those of {@code
 * ipmitool sdr type Fan}, unless the controller takes long to list them.
 */
public final class IpmiReader implements PowerReader {
    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final int TRIES = 3;
    private static final Pattern DCMI = Pattern.compile("Instantaneous power reading:\\s*(\\d{1,6})\\s*Watts");
    private static final Pattern SDR = Pattern.compile(
            "(?m)^(Pwr Consumption|System Level|Total Power|Power Consumption)\\s*\\|.*\\|\\s*(\\d{1,6})\\s*Watts");

    private static final int FAN_ROUNDS = 15; // fans change slowly, and a call takes long
    /** A call for fans that takes longer may make the power late. */
    private static final Duration QUICK = Duration.ofSeconds(2);

    private final ProgramCall call;
    private final boolean isSdr;
    private final Series series;
    private final Map<String, Series> fans = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final ProgramCall fanCall;
    private int rounds;

    private IpmiReader(ProgramCall call, boolean isSdr, Series series, ProgramCall fanCall) {
        this.call = call;
        this.isSdr = isSdr;
        this.series = series;
        this.fanCall = fanCall;
    }

    /**
     * Asks for the power once.
     *
     * @throws SutException if there is no ipmitool, or the controller tells no power
     */
    public static IpmiReader open(SourceSettings settings) {
        SourceSettings.Section section = settings.section("ipmi", "program", "host", "user", "passwordFile");
        List<String> begin = new ArrayList<>(List.of(section.text("program").orElse("ipmitool")));
        section.text("host")
                .ifPresent(host -> begin.addAll(List.of(
                        "-I",
                        "lanplus",
                        "-H",
                        host,
                        "-U",
                        section.required("user"),
                        "-f",
                        section.required("passwordFile"))));
        IpmiReader dcmi = reader(begin, false, "dcmi", "power", "reading");
        IpmiReader sdr = reader(begin, true, "sdr", "elist", "full");
        Result last = dcmi.call.call();
        // The first call after the module is loaded may fail.
        for (int i = 1; i < TRIES && last.status() != 0 && isWorthAnotherTry(last); i++) {
            last = dcmi.call.call();
        }
        if (dcmi.watts(last).isPresent()) {
            return dcmi.findFans();
        }
        Result sensors = sdr.call.call();
        if (sdr.watts(sensors).isPresent()) {
            return sdr.findFans();
        }
        throw new SutException(
                "the management controller tells no power: '" + String.join(" ", dcmi.call.command()) + "' ended with "
                        + (last.isLate() ? "no answer" : "status " + last.status()) + ": "
                        + last.said(),
                "In band it needs root and the modules ipmi_si and ipmi_devintf (/dev/ipmi0); over the network name host,"
                        + " user and passwordFile in [ipmi] of the settings.");
    }

    private static boolean isWorthAnotherTry(Result answer) {
        return !answer.output().contains("Could not open device")
                && !answer.output().contains("Invalid command");
    }

    private static IpmiReader reader(List<String> begin, boolean isSdr, String... arguments) {
        List<String> command = new ArrayList<>(begin);
        command.addAll(List.of(arguments));
        List<String> fan = new ArrayList<>(begin);
        fan.addAll(List.of("sdr", "type", "Fan"));
        // One byte times a factor: steps of 1 to 16 W, which only the readings tell.
        Series series = new Series("bmc", "", "node", "power", "W", Kind.SAMPLE, isSdr ? 0 : 1, 0, null, null);
        return new IpmiReader(ProgramCall.of(command, TIMEOUT), isSdr, series, ProgramCall.of(fan, QUICK));
    }

    private Optional<String> watts(Result answer) {
        Matcher line = (isSdr ? SDR : DCMI).matcher(answer.output());
        return line.find()
                ? Optional.of(line.group(isSdr ? 2 : 1)).filter(watts -> !watts.matches("0+"))
                : Optional.empty();
    }

    private IpmiReader findFans() {
        Result answer = fanCall.call();
        if (answer.isLate()) {
            notes.add("the controller takes more than " + QUICK.toSeconds()
                    + " s to list its fans: they are not watched");
            return this;
        }
        IpmiFans.of(answer.output()).forEach(fan -> {
            if (!fan.unit().isEmpty()) {
                fans.put(
                        fan.name(),
                        new Series(fan.name(), "", "cooling", "fan", fan.unit(), Kind.SAMPLE, 0, 0, null, null));
            }
        });
        return this;
    }

    @Override
    public List<Series> series() {
        List<Series> all = new ArrayList<>(List.of(series));
        all.addAll(fans.values());
        return all;
    }

    @Override
    public List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public List<String> origin() {
        return call.command();
    }

    @Override
    public void read(Readings readings) {
        Result answer = call.call();
        Optional<String> watts = watts(answer);
        if (watts.isPresent()) {
            readings.value(series, watts.get());
        } else {
            readings.missing(series, answer.isLate() ? "timeout" : "no-reading");
        }
        if (!fans.isEmpty() && rounds++ % FAN_ROUNDS == 0) {
            readFans(readings);
        }
    }

    private void readFans(Readings readings) {
        Result answer = fanCall.call();
        Map<String, IpmiFans.Fan> now = new HashMap<>();
        IpmiFans.of(answer.output()).forEach(fan -> now.put(fan.name(), fan));
        fans.forEach((name, fan) -> {
            IpmiFans.Fan read = now.get(name);
            if (read != null && read.unit().equals(fan.unit())) {
                readings.value(fan, read.value());
            } else {
                readings.missing(fan, answer.isLate() ? "timeout" : "no-reading");
            }
        });
    }
}
