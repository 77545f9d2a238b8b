package dev.wattline.model;

/**
 * The reply to {@code Uncertainty}:
 * {@code Uncertainty,<avg>,<min>,<max>,<total>,<invalid>,<valid>,<unknown>}. Average, least and greatest are fractions
 * (0.0046 is 0.46 %) over the samples whose uncertainty is known; invalid samples are those above 1 %. If none is known
 * the average is {@code -1}.
 */
public record UncertaintyStatistics(
        double average, double min, double max, long total, long invalid, long valid, long unknown) {

    /**
     * @throws IllegalArgumentException if the reply is no such record; groups of further channels are ignored
     */
    public static UncertaintyStatistics parse(String reply) {
        String[] fields = reply.strip().split(",", -1);
        if (fields.length < 8 || !fields[0].equals("Uncertainty")) {
            throw new IllegalArgumentException(
                    "expected 'Uncertainty,<avg>,<min>,<max>,<total>,<invalid>,<valid>,<unknown>', got '" + reply
                            + "'");
        }
        try {
            return new UncertaintyStatistics(
                    Double.parseDouble(fields[1]),
                    Double.parseDouble(fields[2]),
                    Double.parseDouble(fields[3]),
                    Long.parseLong(fields[4]),
                    Long.parseLong(fields[5]),
                    Long.parseLong(fields[6]),
                    Long.parseLong(fields[7]));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected numbers behind 'Uncertainty', got '" + reply + "'", e);
        }
    }

    /** Whether the uncertainty of at least one sample is known; never so while a range is automatic. */
    public boolean known() {
        return average >= 0;
    }
}
