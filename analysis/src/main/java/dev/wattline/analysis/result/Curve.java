package dev.wattline.analysis.result;

/** Points of a curve in the order of x, with what the axes mean; immutable. */
public final class Curve {
    private final String xLabel;
    private final String yLabel;
    private final double[] xs;
    private final double[] ys;

    /** The curve through these points; the arrays are copied and must be of one length. */
    public Curve(String xLabel, String yLabel, double[] xs, double[] ys) {
        if (xs.length != ys.length) {
            throw new IllegalArgumentException(xs.length + " x but " + ys.length + " y");
        }
        this.xLabel = xLabel;
        this.yLabel = yLabel;
        this.xs = xs.clone();
        this.ys = ys.clone();
    }

    /** A curve without points. */
    public static Curve empty(String xLabel, String yLabel) {
        return new Curve(xLabel, yLabel, new double[0], new double[0]);
    }

    public String xLabel() {
        return xLabel;
    }

    public String yLabel() {
        return yLabel;
    }

    public int size() {
        return xs.length;
    }

    public double x(int index) {
        return xs[index];
    }

    public double y(int index) {
        return ys[index];
    }
}
