package dev.wattline.compliance.python;

/** Python's {@code None}, JSON's {@code null}: a value like any other, so that no map holds Java's null. */
public enum PyNone {
    NONE;

    @Override
    public String toString() {
        return "None";
    }
}
