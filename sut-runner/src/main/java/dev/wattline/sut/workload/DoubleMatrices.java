package dev.wattline.sut.workload;

import java.util.SplittableRandom;

/** The operands and the result of one product in double precision, and the check that the result is one. */
final class DoubleMatrices {
    private final int size;
    final double[] a;
    final double[] b;
    final double[] c;

    DoubleMatrices(int size, long seed) {
        this.size = size;
        SplittableRandom random = new SplittableRandom(seed);
        a = fill(size, random);
        b = fill(size, random);
        c = new double[size * size];
    }

    private static double[] fill(int size, SplittableRandom random) {
        double[] values = new double[size * size];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextDouble(-1, 1);
        }
        return values;
    }

    /**
     * Whether one element of C is the sum of its products in order, within the error that another order of summing can
     * make. The element is chosen by the number given, so that a run looks at all of them in time.
     */
    boolean isPlausible(long choice) {
        int element = (int) Math.floorMod(choice * 7919, (long) size * size);
        int row = element / size;
        int column = element % size;
        double expected = 0;
        for (int k = 0; k < size; k++) {
            expected += a[row * size + k] * b[k * size + column];
        }
        return Math.abs(c[element] - expected) <= 1e-13 * size;
    }
}
