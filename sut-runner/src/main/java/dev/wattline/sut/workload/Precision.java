package dev.wattline.sut.workload;

/** Of the numbers that the built-in workload multiplies. */
public enum Precision {
    /** 32 bits: SGEMM. */
    SINGLE(Float.BYTES, "SGEMM"),
    /** 64 bits: DGEMM. */
    DOUBLE(Double.BYTES, "DGEMM");

    private final int bytes;
    private final String routine;

    Precision(int bytes, String routine) {
        this.bytes = bytes;
        this.routine = routine;
    }

    /** Of a number. */
    int bytes() {
        return bytes;
    }

    /** What the product is called in BLAS. */
    public String routine() {
        return routine;
    }
}
