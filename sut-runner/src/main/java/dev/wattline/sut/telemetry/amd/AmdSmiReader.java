package dev.wattline.sut.telemetry.amd;

import dev.wattline.files.TelemetryMeta.Kind;
import dev.wattline.files.TelemetryMeta.Series;
import dev.wattline.model.process.ShortProgram.Result;
import dev.wattline.sut.SutException;
import dev.wattline.sut.telemetry.source.PowerReader;
import dev.wattline.sut.telemetry.source.ProgramCall;
import dev.wattline.sut.telemetry.source.ProgramReader;
import dev.wattline.sut.telemetry.source.SourceSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * AMD's GPUs by {@code amd-smi metric --csv}, or where there is none by the older {@code rocm-smi --csv}. The energy counter
 * is read where a GPU has one, else its power; a call takes half a second, so that it is made seldom. Of a card of two dies
 * one reports for both and the other 0 W: that is left out.
 */
public final class AmdSmiReader {
    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final List<String> ENERGY = List.of("total_energy_consumption");
    /** The power columns of both programs, in lower case. */
    private static final List<String> POWER = List.of(
            "socket_power",
            "current socket graphics package power (w)",
            "average graphics package power (w)",
            "average_socket_power",
            "current_socket_power");

    private static final String OLDER = "rocm-smi";

    private AmdSmiReader() {}

    /** The two programs ask differently for the same; which one it is its name tells. */
    private static List<String> commandLine(String program) {
        boolean older = program.substring(program.lastIndexOf('/') + 1).startsWith(OLDER);
        return older ? List.of(program, "--showpower", "--csv") : List.of(program, "metric", "-p", "-E", "--csv");
    }

    /**
     * Asks for all GPUs once.
     *
     * @throws SutException if there is neither program, or no GPU tells power or energy
     */
    public static PowerReader open(SourceSettings settings) {
        Optional<String> named = settings.section("amd-smi", "program").text("program");
        ProgramCall call;
        try {
            call = ProgramCall.of(commandLine(named.orElse("amd-smi")), TIMEOUT);
        } catch (SutException e) {
            if (named.isPresent()) {
                throw e;
            }
            call = ProgramCall.of(commandLine(OLDER), TIMEOUT);
        }
        Result answer = call.call();
        for (boolean isCounter : new boolean[] {true, false}) {
            Map<String, Series> gpus = new LinkedHashMap<>();
            List<String> notes = new ArrayList<>();
            values(answer, isCounter).forEach((gpu, value) -> {
                if (reason(value).isEmpty()) {
                    gpus.put(gpu, series(gpu, isCounter));
                } else {
                    notes.add(
                            gpu + " tells no " + (isCounter ? "energy" : "power") + " and is in no figure of amd-smi");
                }
            });
            if (!gpus.isEmpty()) {
                return new ProgramReader<>(call, later -> values(later, isCounter), AmdSmiReader::reason, gpus, notes);
            }
        }
        throw ProgramReader.refusal(
                "no AMD GPU tells power or energy",
                call,
                answer,
                "Look whether you are in the groups render and video, and whether the program lists the GPUs.");
    }

    private static Series series(String gpu, boolean isCounter) {
        return isCounter
                ? new Series(gpu, "", "gpu", "energy", "J", Kind.COUNTER, 0, 0, null, null)
                : new Series(gpu, "", "gpu", "power", "W", Kind.SAMPLE, 0, 0, null, null);
    }

    /** The value of each GPU, as printed; a header may come again, and lines before it do not matter. */
    private static Map<String, String> values(Result answer, boolean isCounter) {
        Map<String, String> values = new LinkedHashMap<>();
        int gpu = -1;
        int column = -1;
        for (String line : answer.status() == 0 ? answer.output().lines().toList() : List.<String>of()) {
            List<String> cells = List.of(line.strip().toLowerCase(Locale.ROOT).split("\\s*,\\s*", -1));
            if (cells.contains("gpu") || cells.contains("device")) {
                gpu = Math.max(cells.indexOf("gpu"), cells.indexOf("device"));
                column = (isCounter ? ENERGY : POWER)
                        .stream()
                                .mapToInt(cells::indexOf)
                                .filter(at -> at >= 0)
                                .findFirst()
                                .orElse(-1);
            } else if (column >= 0 && cells.size() > Math.max(gpu, column)) {
                String name = cells.get(gpu);
                values.put(name.matches("\\d+") ? "gpu-" + name : name, cells.get(column));
            }
        }
        return values;
    }

    private static String reason(String value) {
        if (!value.matches("\\d{1,15}(\\.\\d{1,12})?")) {
            return "not-a-number";
        }
        return Double.parseDouble(value) > 0 ? "" : "zero";
    }
}
