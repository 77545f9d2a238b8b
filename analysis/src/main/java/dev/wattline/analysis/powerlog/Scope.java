package dev.wattline.analysis.powerlog;

/** What a power reading is of. Two scopes of one machine are never added up. */
public enum Scope {
    /** One GPU's board. */
    GPU("GPU"),
    /** A module of GPU, CPU and memory, such as a Jetson. */
    MODULE("module"),
    /** A CPU's package, or a part of it. */
    PACKAGE("CPU package"),
    /** A whole machine, as its management controller or its supplies tell. */
    NODE("node");

    private final String word;

    Scope(String word) {
        this.word = word;
    }

    /** What one of its devices is called in messages. */
    public String word() {
        return word;
    }
}
