package dev.wattline.analysis.stats;

/**
 * The mean of {@code exp(2 pi i t f)} over event times: its length says how well the events repeat with this frequency.
 *
 * @param re real part
 * @param im imaginary part
 */
public record Phasor(double re, double im) {

    /** The phasor of the events {@code from} (inclusive) to {@code to} (exclusive). */
    public static Phasor of(double[] times, int from, int to, double frequency) {
        double re = 0;
        double im = 0;
        for (int i = from; i < to; i++) {
            double turns = (times[i] - times[from]) * frequency;
            double angle = 2 * Math.PI * (turns - Math.rint(turns));
            re += Math.cos(angle);
            im += Math.sin(angle);
        }
        return new Phasor(re / (to - from), im / (to - from));
    }

    /** Length squared, 0...1. */
    public double power() {
        return re * re + im * im;
    }

    /** Length, 0...1. */
    public double length() {
        return Math.sqrt(power());
    }

    /** Angle in turns, -0.5...0.5, against the first event. */
    public double turns() {
        return Math.atan2(im, re) / (2 * Math.PI);
    }
}
