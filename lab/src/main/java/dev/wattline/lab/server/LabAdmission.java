package dev.wattline.lab.server;

import dev.wattline.director.config.AccessSettings;
import dev.wattline.director.config.LabSettings;
import dev.wattline.protocol.lab.LabProtocol;
import dev.wattline.protocol.lab.LabProtocol.Role;
import dev.wattline.protocol.server.SideConnection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who is let in and what they may do. With neither names nor tokens only this machine is. Names are those of certificates and
 * of tokens; a name without a role may do nothing.
 */
final class LabAdmission {
    private final LabSettings lab;
    private final Map<String, String> tokens = new TreeMap<>(); // the one that all share has an empty name

    LabAdmission(AccessSettings access) {
        this.lab = access.lab();
        tokens.putAll(lab.tokens());
        access.token().ifPresent(shared -> tokens.putIfAbsent("", shared));
    }

    /** What a console may do. */
    enum Rights {
        /** Nothing. */
        NONE,
        /** Look. */
        VIEW,
        /** Start, stop and reserve too. */
        OPS
    }

    /** Why this connection is not even heard; empty if it is. */
    Optional<String> refusal(Role role, SideConnection connection) {
        if (connection.isLoopback() || connection.isEncrypted() || lab.plain()) {
            return Optional.empty();
        }
        boolean mayLook = role == Role.CONSOLE && !lab.tokens().isEmpty();
        return mayLook
                ? Optional.empty()
                : Optional.of("without TLS only this machine is let into the lab; use the director's TLS port,"
                        + " or set plain: yes and tokensFile in its section [lab]");
    }

    /** Whether it must prove a token first. */
    boolean mustProve(SideConnection connection) {
        return !connection.isEncrypted() && !tokens.isEmpty();
    }

    /** Whether a proof is right. */
    boolean isProven(Role role, String name, String directorNonce, String callerNonce, String proof) {
        String token = tokens.get(name);
        return token != null && LabProtocol.isProof(token, role.word(), directorNonce, callerNonce, proof);
    }

    /** The director's own proof that it knows the token of this name. */
    String proof(String name, String directorNonce, String callerNonce) {
        return LabProtocol.proof(tokens.getOrDefault(name, ""), "director", directorNonce, callerNonce);
    }

    /**
     * Why an agent may not stand for this machine; empty if it may.
     *
     * @param token the name of the token that it has proven; empty if it has proven none
     */
    Optional<String> refusal(String sut, SideConnection connection, Optional<String> token) {
        Optional<String> name = connection.isEncrypted() ? connection.certificateName() : token;
        boolean own = name.filter(sut::equals).isPresent();
        boolean anyName =
                connection.isLoopback() && (name.isEmpty() || name.get().isEmpty());
        if (own || (anyName && !connection.isEncrypted())) {
            return Optional.empty();
        }
        return Optional.of("the agent of '" + sut + "' needs a " + (connection.isEncrypted() ? "certificate" : "token")
                + " of that name"
                + name.map(other -> ", this one is of '" + other + "'").orElse(""));
    }

    /** What a console may do. */
    Rights rights(SideConnection connection, Optional<String> token) {
        Optional<String> name = connection.isEncrypted() ? connection.certificateName() : token;
        if (name.filter(lab.ops()::contains).isPresent()) {
            boolean safe = connection.isLoopback() || connection.isEncrypted() || lab.plain();
            return safe ? Rights.OPS : Rights.VIEW;
        }
        if (name.filter(lab.view()::contains).isPresent()) {
            return Rights.VIEW;
        }
        boolean nobodyNamed = lab.ops().isEmpty() && lab.view().isEmpty();
        return nobodyNamed && connection.isLoopback() ? Rights.OPS : Rights.NONE;
    }

    /** The name under which a console acts. */
    static String who(SideConnection connection, Optional<String> token) {
        Optional<String> name = connection.isEncrypted() ? connection.certificateName() : token;
        return name.filter(text -> !text.isEmpty() && text.chars().noneMatch(Character::isISOControl))
                .orElse(
                        connection.isLoopback()
                                ? "the director's machine"
                                : connection.address().host());
    }
}
