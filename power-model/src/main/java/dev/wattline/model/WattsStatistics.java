package dev.wattline.model;

/**
 * The reply to {@code Watts} and its kin: {@code Watts,<avg>,<min>,<max>,<samples>,<errors>,<valid>}, over the running
 * or the last measurement. Average, least and greatest are over the valid samples, in the quantity's unit.
 *
 * @param quantity the first field, {@code Watts}, {@code Volts}, {@code Amps} or {@code PF}
 */
public record WattsStatistics(
        String quantity, double average, double min, double max, long samples, long errors, long valid) {

    /**
     * @throws IllegalArgumentException if the reply is no such record
     */
    public static WattsStatistics parse(String reply) {
        String[] fields = reply.strip().split(",", -1);
        if (fields.length < 7) {
            throw new IllegalArgumentException(
                    "expected '<quantity>,<avg>,<min>,<max>,<samples>,<errors>,<valid>', got '" + reply + "'");
        }
        try {
            return new WattsStatistics(
                    fields[0],
                    Double.parseDouble(fields[1]),
                    Double.parseDouble(fields[2]),
                    Double.parseDouble(fields[3]),
                    Long.parseLong(fields[4]),
                    Long.parseLong(fields[5]),
                    Long.parseLong(fields[6]));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected numbers behind '" + fields[0] + "', got '" + reply + "'", e);
        }
    }
}
