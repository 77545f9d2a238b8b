package dev.wattline.faults;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;

/**
 * Two machines as far as the network goes, the director's and the measured one, joined by a cable that can be made to
 * lose every packet without either end being told: two network namespaces, each process entering one by a word in front
 * of its command.
 */
final class NetworkNamespaces implements AutoCloseable {
    /** The director's address. */
    static final String DIRECTOR = "10.77.0.1";

    private static final String RUNNER = "10.77.0.2";
    private static final String NOBODY = "02:00:00:00:00:fe";

    private final long directors;
    private final long runners;

    private NetworkNamespaces(long directors, long runners) {
        this.directors = directors;
        this.runners = runners;
    }

    /** Makes them, or skips the calling test with what the machine lacks. */
    static NetworkNamespaces orSkip() {
        Shell.Result ip = Shell.attempt("ip -V");
        assumeThat(ip.succeeded())
                .as("a silent network needs the program 'ip' (iproute2): " + ip.output())
                .isTrue();
        // The holder of each namespace is a process of its own, whose id is the namespace's name for the others.
        Shell.Result outer = Shell.attempt(holder("unshare --user --map-root-user --net"));
        assumeThat(outer.succeeded())
                .as("a silent network needs the right to make network namespaces: " + outer.output())
                .isTrue();
        long directors = Long.parseLong(outer.output());
        long runners = Long.parseLong(Shell.run(holder(enter(directors) + " unshare --net")));
        NetworkNamespaces made = new NetworkNamespaces(directors, runners);
        made.join();
        return made;
    }

    private static String holder(String maker) {
        return maker + " sleep 600 </dev/null >/dev/null 2>&1 & holder=$!\n"
                + "i=0; while [ \"$(readlink /proc/$holder/ns/net)\" = \"$(readlink /proc/self/ns/net)\" ] || "
                + "[ \"$(cat /proc/$holder/comm 2>/dev/null)\" != sleep ]; do\n"
                + "i=$((i+1)); [ $i -lt 100 ] && kill -s 0 $holder 2>/dev/null || { " + maker
                + " true 2>&1; exit 1; }; sleep 0.02; done; echo $holder";
    }

    private static String enter(long holder) {
        return "nsenter --target " + holder + " --user --net --preserve-credentials";
    }

    private void join() {
        onDirectors("ip link set lo up");
        onRunners("ip link set lo up");
        onDirectors("ip link add cable type veth peer name cable netns " + runners);
        onDirectors("ip addr add " + DIRECTOR + "/24 dev cable && ip link set cable up");
        onRunners("ip addr add " + RUNNER + "/24 dev cable && ip link set cable up");
    }

    private void onDirectors(String command) {
        Shell.run(enter(directors) + " sh -c '" + command + "'");
    }

    private void onRunners(String command) {
        Shell.run(enter(runners) + " sh -c '" + command + "'");
    }

    /** What stands in front of a command that is to run on the director's machine. */
    List<String> directorsPrefix() {
        return List.of(enter(directors).split(" "));
    }

    /** What stands in front of a command that is to run on the measured machine. */
    List<String> runnersPrefix() {
        return List.of(enter(runners).split(" "));
    }

    /** From now on every packet goes to a network card that is not there. */
    void dropSilently() {
        onDirectors("ip neigh replace " + RUNNER + " lladdr " + NOBODY + " dev cable nud permanent");
        onRunners("ip neigh replace " + DIRECTOR + " lladdr " + NOBODY + " dev cable nud permanent");
    }

    /** Packets arrive again. */
    void passOn() {
        onDirectors("ip neigh del " + RUNNER + " dev cable");
        onRunners("ip neigh del " + DIRECTOR + " dev cable");
    }

    @Override
    public void close() {
        ProcessHandle.of(directors).ifPresent(ProcessHandle::destroyForcibly);
        ProcessHandle.of(runners).ifPresent(ProcessHandle::destroyForcibly);
    }
}
