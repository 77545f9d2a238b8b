package dev.wattline.sut.workload;

import java.util.Arrays;

/**
 * Double-precision product of two square matrices, C = A B, row-major. Blocked so that a block of B stays in the L2
 * cache and four rows of C in the L1 cache, with an inner loop over columns that HotSpot's C2 compiler turns into
 * vector instructions. One instance is used by one thread at a time.
 */
final class Dgemm {
    private static final int BLOCK = 128;

    private final int size;
    private final double[] row0;
    private final double[] row1;
    private final double[] row2;
    private final double[] row3;

    Dgemm(int size) {
        this.size = size;
        int width = Math.min(BLOCK, size);
        row0 = new double[width];
        row1 = new double[width];
        row2 = new double[width];
        row3 = new double[width];
    }

    /** Computes the rows from {@code from} inclusive to {@code to} exclusive of C; both are multiples of four. */
    void multiply(double[] a, double[] b, double[] c, int from, int to) {
        Arrays.fill(c, from * size, to * size, 0);
        for (int column = 0; column < size; column += BLOCK) {
            int width = Math.min(BLOCK, size - column);
            for (int inner = 0; inner < size; inner += BLOCK) {
                int innerEnd = Math.min(inner + BLOCK, size);
                for (int row = from; row < to; row += 4) {
                    fourRows(a, b, c, row, column, width, inner, innerEnd);
                }
            }
        }
    }

    private void fourRows(double[] a, double[] b, double[] c, int row, int column, int width, int inner, int innerEnd) {
        int at = row * size + column;
        System.arraycopy(c, at, row0, 0, width);
        System.arraycopy(c, at + size, row1, 0, width);
        System.arraycopy(c, at + 2 * size, row2, 0, width);
        System.arraycopy(c, at + 3 * size, row3, 0, width);
        for (int k = inner; k < innerEnd; k += 4) {
            accumulate(a, row * size + k, b, k * size + column, width);
        }
        System.arraycopy(row0, 0, c, at, width);
        System.arraycopy(row1, 0, c, at + size, width);
        System.arraycopy(row2, 0, c, at + 2 * size, width);
        System.arraycopy(row3, 0, c, at + 3 * size, width);
    }

    /** Adds the product of a 4 x 4 tile of A and four rows of B to the four rows; the loop that C2 vectorises. */
    private void accumulate(double[] a, int at, double[] b, int from, int width) {
        int n = size;
        double[] c0 = row0;
        double[] c1 = row1;
        double[] c2 = row2;
        double[] c3 = row3;
        double a00 = a[at];
        double a01 = a[at + 1];
        double a02 = a[at + 2];
        double a03 = a[at + 3];
        double a10 = a[at + n];
        double a11 = a[at + n + 1];
        double a12 = a[at + n + 2];
        double a13 = a[at + n + 3];
        double a20 = a[at + 2 * n];
        double a21 = a[at + 2 * n + 1];
        double a22 = a[at + 2 * n + 2];
        double a23 = a[at + 2 * n + 3];
        double a30 = a[at + 3 * n];
        double a31 = a[at + 3 * n + 1];
        double a32 = a[at + 3 * n + 2];
        double a33 = a[at + 3 * n + 3];
        for (int j = 0; j < width; j++) {
            double b0 = b[from + j];
            double b1 = b[from + n + j];
            double b2 = b[from + 2 * n + j];
            double b3 = b[from + 3 * n + j];
            c0[j] += a00 * b0 + a01 * b1 + a02 * b2 + a03 * b3;
            c1[j] += a10 * b0 + a11 * b1 + a12 * b2 + a13 * b3;
            c2[j] += a20 * b0 + a21 * b1 + a22 * b2 + a23 * b3;
            c3[j] += a30 * b0 + a31 * b1 + a32 * b2 + a33 * b3;
        }
    }
}
