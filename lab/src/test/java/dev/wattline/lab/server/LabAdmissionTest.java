package dev.wattline.lab.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.director.config.AccessSettings;
import dev.wattline.director.config.LabSettings;
import dev.wattline.lab.server.LabAdmission.Rights;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.lab.LabProtocol.Role;
import dev.wattline.protocol.server.SideConnection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a certificate's name opens, and what the director's own machine may without one. */
class LabAdmissionTest {
    private static final LabAdmission NAMED = admission(List.of("alice"), List.of("lobby"));
    private static final LabAdmission OPEN = admission(List.of(), List.of());

    private static LabAdmission admission(List<String> ops, List<String> view) {
        LabSettings lab = new LabSettings(ops, view, new TreeMap<>(), Optional.empty(), false);
        return new LabAdmission(
                new AccessSettings(List.of(), true, Optional.empty(), Optional.empty(), Optional.empty(), lab));
    }

    /** A connection that does nothing. */
    private record Peer(boolean isLoopback, boolean isEncrypted, Optional<String> certificateName)
            implements SideConnection {
        static Peer byTls(String name) {
            return new Peer(false, true, Optional.ofNullable(name));
        }

        @Override
        public HostPort address() {
            return new HostPort("10.0.0.7", 4950);
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void admitted() {}

        @Override
        public void send(String line) {}

        @Override
        public void hangUp(String reason) {}
    }

    @ParameterizedTest
    @CsvSource({
        "rig,        ",
        "other,      a certificate of that name",
        "rig.lab,    a certificate of that name",
        "RIG,        a certificate of that name",
        "alice,      a certificate of that name",
        ",           a certificate of that name"
    })
    void anAgentByTlsNeedsItsMachinesNameInItsCertificate(String name, String refusal) {
        for (LabAdmission admission : List.of(NAMED, OPEN)) {
            Optional<String> why = admission.refusal("rig", Peer.byTls(name), Optional.empty());
            assertThat(why.isPresent()).as("%s", why).isEqualTo(refusal != null);
            why.ifPresent(text -> assertThat(text).contains("needs " + refusal));
        }
    }

    @Test
    void tlsFromTheDirectorsOwnMachineNeedsTheNameToo() {
        Peer here = new Peer(true, true, Optional.of("other"));
        assertThat(OPEN.refusal("rig", here, Optional.empty())).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"alice, OPS", "lobby, VIEW", "bob, NONE", ", NONE", "alice2, NONE"})
    void aConsoleByTlsMayWhatTheNameInItsCertificateMay(String name, Rights rights) {
        assertThat(NAMED.rights(Peer.byTls(name), Optional.empty())).isEqualTo(rights);
    }

    @Test
    void aTokensNameCountsForNothingByTls() {
        assertThat(NAMED.rights(Peer.byTls("bob"), Optional.of("alice"))).isEqualTo(Rights.NONE);
        assertThat(NAMED.refusal("rig", Peer.byTls("bob"), Optional.of("rig"))).isPresent();
    }

    @Test
    void whereNobodyIsNamedOnlyTheDirectorsOwnMachineMay() {
        assertThat(OPEN.rights(new Peer(true, false, Optional.empty()), Optional.empty()))
                .isEqualTo(Rights.OPS);
        assertThat(OPEN.rights(Peer.byTls("alice"), Optional.empty())).isEqualTo(Rights.NONE);
        assertThat(NAMED.rights(new Peer(true, false, Optional.empty()), Optional.empty()))
                .isEqualTo(Rights.NONE);
    }

    @Test
    void withoutTlsNobodyFromElsewhereIsHeard() {
        Peer elsewhere = new Peer(false, false, Optional.empty());
        assertThat(NAMED.refusal(Role.CONSOLE, elsewhere)).isPresent();
        assertThat(NAMED.refusal(Role.AGENT, elsewhere)).isPresent();
        assertThat(NAMED.refusal(Role.AGENT, Peer.byTls("bob"))).isEmpty(); // its name is looked at when it says hello
    }
}
