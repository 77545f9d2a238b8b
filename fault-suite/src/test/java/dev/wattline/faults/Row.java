package dev.wattline.faults;

/** The rows of the table in {@code docs/reliability.md}, in its order. */
enum Row {
    RUNNER_KILLED,
    NETWORK_DROPPED,
    PEER_SUSPENDED,
    PTD_KILLED,
    PTD_HANGS,
    PTD_GARBAGE,
    ONE_OF_SEVERAL_ANALYZERS,
    NO_SAMPLES_IN_RANGING,
    PTD_DOES_NOT_START,
    DIRECTOR_KILLED,
    DIRECTOR_INTERRUPTED,
    DISK_FULL,
    DOWNLOAD_BREAKS,
    CLOCK_STEP,
    CLOCK_OFFSET,
    WORKLOAD_FAILS,
    BAD_CLIENTS,
    STRANGERS
}
