package dev.wattline.model;

/**
 * The reply to {@code RR}: {@code Ranges,<amp auto>,<amp range>,<volt auto>,<volt range>}, amps first. An auto field is
 * {@code 1}, {@code 0}, or {@code -1} for unknown; a range is in A or V, or {@code -1.000000}. The fields are kept as
 * text, because ranges are restored by the very text that was read.
 */
public record AnalyzerRanges(String ampsAuto, String ampsRange, String voltsAuto, String voltsRange) {

    /**
     * @throws IllegalArgumentException if the reply is no ranges record
     */
    public static AnalyzerRanges parse(String reply) {
        String[] fields = reply.strip().split(",", -1);
        if (fields.length < 5 || !fields[0].equals("Ranges")) {
            throw new IllegalArgumentException(
                    "expected 'Ranges,<0|1|-1>,<amps>,<0|1|-1>,<volts>', got '" + reply + "'");
        }
        for (int i = 1; i < 5; i += 2) {
            if (!fields[i].equals("0") && !fields[i].equals("1") && !fields[i].equals("-1")) {
                throw new IllegalArgumentException(
                        "field " + (i + 1) + ": expected 0, 1 or -1, got '" + fields[i] + "'");
            }
        }
        for (int i = 2; i < 5; i += 2) {
            try {
                Double.parseDouble(fields[i]);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "field " + (i + 1) + ": expected a range, got '" + fields[i] + "'", e);
            }
        }
        return new AnalyzerRanges(fields[1], fields[2], fields[3], fields[4]);
    }

    /** What restores the current range: the value read if it was fixed and known, else automatic. */
    public RangeSetting initialAmps() {
        return initial(ampsAuto, ampsRange);
    }

    /** What restores the voltage range: the value read if it was fixed and known, else automatic. */
    public RangeSetting initialVolts() {
        return initial(voltsAuto, voltsRange);
    }

    private static RangeSetting initial(String auto, String range) {
        if (auto.equals("0") && Double.parseDouble(range) > 0) {
            return RangeSetting.ofText(range);
        }
        return RangeSetting.auto();
    }
}
