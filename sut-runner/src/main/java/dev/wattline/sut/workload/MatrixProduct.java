package dev.wattline.sut.workload;

/** A product of two square matrices with its operands, and the check that the result is one. */
interface MatrixProduct {
    /** Matrices that a product has. */
    int MATRICES = 3;

    /** Computes rows of the product; one thread's. */
    interface Kernel {
        /** The rows from {@code from} inclusive to {@code to} exclusive; both are multiples of four. */
        void multiply(int from, int to);
    }

    /** A kernel for one thread. */
    Kernel kernel();

    /** Whether one element, chosen by the number given, is what it should be. */
    boolean isPlausible(long choice);

    /** A product of random operands. */
    static MatrixProduct of(Precision precision, int size, long seed) {
        return precision == Precision.SINGLE ? single(size, seed) : twofold(size, seed);
    }

    private static MatrixProduct single(int size, long seed) {
        Matrices matrices = new Matrices(size, seed);
        return new MatrixProduct() {
            @Override
            public Kernel kernel() {
                Sgemm sgemm = new Sgemm(size);
                return (from, to) -> sgemm.multiply(matrices.a, matrices.b, matrices.c, from, to);
            }

            @Override
            public boolean isPlausible(long choice) {
                return matrices.isPlausible(choice);
            }
        };
    }

    private static MatrixProduct twofold(int size, long seed) {
        DoubleMatrices matrices = new DoubleMatrices(size, seed);
        return new MatrixProduct() {
            @Override
            public Kernel kernel() {
                Dgemm dgemm = new Dgemm(size);
                return (from, to) -> dgemm.multiply(matrices.a, matrices.b, matrices.c, from, to);
            }

            @Override
            public boolean isPlausible(long choice) {
                return matrices.isPlausible(choice);
            }
        };
    }
}
