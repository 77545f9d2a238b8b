package dev.wattline.analysis.read;

import dev.wattline.analysis.powerlog.LogHead;
import dev.wattline.analysis.powerlog.LogInput;
import dev.wattline.analysis.powerlog.NumberWithUnit;
import dev.wattline.analysis.powerlog.PowerLog;
import dev.wattline.analysis.powerlog.TelemetryLog;
import dev.wattline.analysis.powerlog.TimeText;
import dev.wattline.analysis.read.amd.AmdSmiCsv;
import dev.wattline.analysis.read.bmc.IpmiPower;
import dev.wattline.analysis.read.dcgm.DcgmiDmon;
import dev.wattline.analysis.read.jetson.Tegrastats;
import dev.wattline.analysis.read.mlperf.MlperfPower;
import dev.wattline.analysis.read.nvidia.SmiCsv;
import dev.wattline.analysis.read.nvidia.SmiDmon;
import dev.wattline.analysis.read.nvidia.SmiQuery;
import dev.wattline.analysis.read.nvidia.SmiTable;
import dev.wattline.analysis.read.table.PowerTable;
import dev.wattline.analysis.series.AnalysisInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Reads a power log of any form that there is a {@link TelemetryLog} for; which one it has is found out by what it holds.
 * UTF-16, as PowerShell's {@code >} writes it, and gzip are undone while it is read.
 */
public final class PowerLogs {
    private static final String REMEDY = "Give the file that nvidia-smi"
            + " --query-gpu=timestamp,uuid,power.draw --format=csv -lms N wrote, or another log of power over time.";

    /** In the order in which they are tried: those with marks of their own before tables of any kind. */
    private static final List<TelemetryLog> FORMS = List.of(
            new MlperfPower(),
            new SmiQuery(),
            new SmiTable(),
            new SmiDmon(),
            new DcgmiDmon(),
            new Tegrastats(),
            new IpmiPower(),
            new AmdSmiCsv(),
            new SmiCsv(),
            new PowerTable("table of power"));

    private PowerLogs() {}

    /**
     * Reads a log.
     *
     * @throws AnalysisInputException if it cannot be read, or is no power over time
     */
    public static PowerLog read(Path file, LogInput.Options options) {
        try {
            byte[] begin = begin(file);
            LogInput.Opener opener = () -> open(file, begin);
            LogHead head = head(opener);
            LogInput input = new LogInput(file.toString(), opener, head, options);
            PowerLog log = form(head, options).orElseThrow(() -> unknown(input)).read(input);
            MixedCards.refuse(input.source(), log);
            return log;
        } catch (IOException e) {
            throw AnalysisInputException.unreadable(file, REMEDY, e);
        }
    }

    /**
     * Whether a file has one of the forms that are read here.
     *
     * @throws IOException if it cannot be read
     */
    public static boolean isKnown(Path file) throws IOException {
        byte[] begin = begin(file);
        return form(head(() -> open(file, begin)), LogInput.Options.all(null)).isPresent();
    }

    private static Optional<TelemetryLog> form(LogHead head, LogInput.Options options) {
        if (!options.columns().isEmpty()) {
            return Optional.of(FORMS.get(FORMS.size() - 1));
        }
        return FORMS.stream().filter(form -> form.recognises(head)).findFirst();
    }

    private static byte[] begin(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(4);
        }
    }

    private static LogHead head(LogInput.Opener opener) throws IOException {
        try (InputStream in = opener.open()) {
            byte[] bytes = in.readNBytes(LogHead.BYTES);
            return LogHead.of(bytes, bytes.length < LogHead.BYTES);
        }
    }

    private static InputStream open(Path file, byte[] begin) throws IOException {
        InputStream in = Files.newInputStream(file);
        if (begins(begin, 0x1f, 0x8b)) {
            return new GZIPInputStream(in);
        }
        Charset utf16 = begins(begin, 0xff, 0xfe)
                ? StandardCharsets.UTF_16LE
                : begins(begin, 0xfe, 0xff)
                        ? StandardCharsets.UTF_16BE
                        : begin.length > 3 && begin[0] != 0 && begin[1] == 0 && begin[2] != 0 && begin[3] == 0
                                ? StandardCharsets.UTF_16LE
                                : null;
        return utf16 == null ? in : new Recoded(new BufferedReader(new InputStreamReader(in, utf16)));
    }

    private static boolean begins(byte[] bytes, int first, int second) {
        return bytes.length > 1 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
    }

    /** Characters as bytes of UTF-8. */
    private static final class Recoded extends InputStream {
        private final BufferedReader text;
        private final char[] chars = new char[1 << 14];
        private byte[] bytes = new byte[0];
        private int at;

        Recoded(BufferedReader text) {
            this.text = text;
        }

        @Override
        public int read() throws IOException {
            return fill() ? bytes[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, bytes.length - at);
            System.arraycopy(bytes, at, target, offset, count);
            at += count;
            return count;
        }

        private boolean fill() throws IOException {
            if (at < bytes.length) {
                return true;
            }
            int count = text.read(chars);
            if (count < 0) {
                return false;
            }
            bytes = new String(chars, 0, count).getBytes(StandardCharsets.UTF_8);
            at = 0;
            return bytes.length > 0;
        }

        @Override
        public void close() throws IOException {
            text.close();
        }
    }

    private static AnalysisInputException unknown(LogInput input) {
        LogHead head = input.head();
        if (head.lines().isEmpty()) {
            return new AnalysisInputException(input.source() + ": is empty: expected a log of power over time", REMEDY);
        }
        if (head.first().matches("(?i)\\W*time(stamp)?\\b.*[,;\t].*")) {
            return new AnalysisInputException(
                    input.source() + ": line 1: no power column among "
                            + head.first()
                                    .strip()
                                    .replaceAll("\\s*[,;\t]\\s*", ", ")
                                    .replaceAll(" \\[[^]]*]", ""),
                    "Add power.draw, power.draw.average or power.draw.instant to --query-gpu.");
        }
        String first = head.first().replaceAll("\\p{Cntrl}", "?");
        String shown = first.length() <= 80 ? first : first.substring(0, 80) + "...";
        boolean watts = head.lines().stream().allMatch(line -> !Double.isNaN(NumberWithUnit.power(line, 1)));
        if (watts) {
            return new AnalysisInputException(
                    input.source()
                            + ": its samples have no time: watts without the time they were read at are no power over"
                            + " time",
                    "Log with timestamp among the fields of nvidia-smi --query-gpu.");
        }
        boolean rows = head.lines().stream()
                .anyMatch(line -> TimeText.leading(line.replaceFirst("[,;\t|]", " ")) != null
                        || line.matches(".*\\d+(\\.\\d+)? ?W\\b.*"));
        String why = rows
                ? "no header names its columns, and its rows do not tell which holds what"
                : "no line is the header of a table with power in it, nor a line of a tool that is known";
        return new AnalysisInputException(
                input.source() + ": is no log of power over time that is known: " + why + ". It begins with '" + shown
                        + "'",
                rows ? "Name the columns with --columns, such as --columns timestamp,index,power.draw." : REMEDY);
    }
}
