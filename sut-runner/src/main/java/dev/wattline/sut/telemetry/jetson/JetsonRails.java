package dev.wattline.sut.telemetry.jetson;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which rails of a Jetson are the whole module, by themselves or added up. */
public final class JetsonRails {
    /** Rails that are the whole module: TX2, Xavier NX and Orin NX/Nano; Nano; the carrier's input of Thor. */
    private static final Set<String> WHOLE = Set.of("VDD_IN", "POM_5V_IN", "VIN");

    /** Sets of rails whose sum is the module: AGX Orin, AGX Xavier. What another of them feeds is not in the set. */
    private static final List<Set<String>> SUMS = List.of(
            Set.of("VDD_GPU_SOC", "VDD_CPU_CV", "VIN_SYS_5V0"), Set.of("GPU", "CPU", "SOC", "CV", "VDDRQ", "SYS5V"));

    private JetsonRails() {}

    /** {@code module} of a rail that is all of it, else {@code rail}. */
    public static String scope(String rail) {
        return WHOLE.contains(rail) ? "module" : "rail";
    }

    /** The rails whose sum is the module; empty where one is all of it, or the set is none that is known. */
    public static Optional<Set<String>> sum(Set<String> rails) {
        return isWhole(rails)
                ? Optional.empty()
                : SUMS.stream().filter(rails::containsAll).findFirst();
    }

    /** What a sum is called in the log. */
    public static String sumName(Set<String> rails) {
        return "sum of " + rails.stream().sorted().collect(Collectors.joining(" "));
    }

    /** What a user is to know of them. */
    public static List<String> notes(Set<String> rails) {
        return isWhole(rails) || sum(rails).isPresent()
                ? List.of()
                : List.of("the rails " + rails.stream().sorted().toList()
                        + " are no set that is known: there is no total of the module");
    }

    private static boolean isWhole(Set<String> rails) {
        return rails.stream().anyMatch(WHOLE::contains);
    }
}
