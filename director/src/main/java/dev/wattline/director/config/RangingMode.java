package dev.wattline.director.config;

/** How the current range is set while ranging. */
public enum RangingMode {
    /** The analyzer picks its range. */
    AUTO,
    /** The greatest range of the device, so that no sample is lost to a change of range. */
    MAX
}
