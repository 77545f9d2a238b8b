package dev.wattline.sut.workload;

import java.util.SplittableRandom;

/** The operands and the result of one product, and the check that the result is one. */
final class Matrices {
    private final int size;
    final float[] a;
    final float[] b;
    final float[] c;

    Matrices(int size, long seed) {
        this.size = size;
        SplittableRandom random = new SplittableRandom(seed);
        a = fill(size, random);
        b = fill(size, random);
        c = new float[size * size];
    }

    private static float[] fill(int size, SplittableRandom random) {
        float[] values = new float[size * size];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    /**
     * Whether one element of C is what double precision gives for it, within the error that single precision can
     * accumulate over a row. The element is chosen by the number given, so that a run looks at all of them in time.
     */
    boolean isPlausible(long choice) {
        int element = (int) Math.floorMod(choice * 7919, (long) size * size);
        int row = element / size;
        int column = element % size;
        double expected = 0;
        for (int k = 0; k < size; k++) {
            expected += (double) a[row * size + k] * b[k * size + column];
        }
        return Math.abs(c[element] - expected) <= 1e-6 * size;
    }
}
