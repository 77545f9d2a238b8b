package dev.wattline.lab.server;

/** A measured machine whose agent is connected. Lab thread only. */
final class AgentLink {
    private final String sut;
    private final LabPeer peer;
    private final SutFacts facts;
    private boolean ready;
    private String why = "its agent has just connected";
    private String step = "";

    /** @param facts what its hello said of workloads and settings */
    AgentLink(String sut, LabPeer peer, SutFacts facts) {
        this.sut = sut;
        this.peer = peer;
        this.facts = facts;
    }

    String sut() {
        return sut;
    }

    LabPeer peer() {
        return peer;
    }

    SutFacts facts() {
        return facts;
    }

    /** Whether it waits for a job. */
    boolean isReady() {
        return ready;
    }

    /** Why it is not ready; empty if it is. */
    String why() {
        return why;
    }

    void become(boolean nowReady, String reason) {
        ready = nowReady;
        why = reason;
        step = "";
    }

    /** What it does for its job, as it told last. */
    String step() {
        return step;
    }

    void does(String what) {
        step = what;
    }
}
