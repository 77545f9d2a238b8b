package dev.wattline.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The rules that hold in every module. A module's {@code ArchitectureTest} extends this, says what the module may use, and
 * adds rules of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ModuleArchitecture {
    private static final String CLOCKS_HOME = "dev.wattline.model.TimeSource";

    /** {@code SignalEnd} gives an end by signal its exit status. */
    private static final Set<String> ENDING = Set.of(
            "dev.wattline.cli.Main",
            "dev.wattline.cli.terminal.SignalEnd",
            "dev.wattline.bench.Bench",
            "dev.wattline.fleet.FleetApplication");

    private final String[] mayUse;
    private final JavaClasses all;

    /**
     * @param root the module's package, with all below it
     * @param mayUse what the module may use besides itself, the JDK's {@code java} packages and JSpecify, as patterns such
     *     as {@code io.netty..}
     */
    protected ModuleArchitecture(String root, String... mayUse) {
        this.mayUse = Stream.concat(
                        Stream.of(root + "..", "java..", "org.jspecify..", "com.google.errorprone.annotations.."),
                        Stream.of(mayUse))
                .toArray(String[]::new);
        this.all = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(root);
    }

    /** The module's classes without its tests. */
    protected final JavaClasses mainClasses() {
        return all;
    }

    @Test
    void usesOnlyWhatItMay() {
        classes().should().onlyDependOnClassesThat().resideInAnyPackage(mayUse).check(all);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.wattline.(**)").should().beFreeOfCycles().check(all);
    }

    @Test
    void clocksAreReadThroughTheTimeSource() {
        noClasses()
                .that(are(name -> !name.equals(CLOCKS_HOME), "are not the time source"))
                .should()
                .callMethodWhere(describe("a clock is read", call -> readsAClock(call.getTarget())))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .check(all);
    }

    private static boolean readsAClock(AccessTarget method) {
        String owner = method.getOwner().getName();
        if (owner.equals("java.lang.System")) {
            return Set.of("nanoTime", "currentTimeMillis").contains(method.getName());
        }
        return owner.startsWith("java.time.") && method.getName().equals("now");
    }

    @Test
    void nothingSleeps() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(all);
    }

    @Test
    void onlyTheProgramsEntryEndsTheProcess() {
        noClasses()
                .that(are(name -> !ENDING.contains(name), "are not a program's entry"))
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(all);
    }

    @Test
    void jacksonIsUsedInJsonPackagesOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..json..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..", "com.fasterxml..")
                .check(all);
    }

    /** By the name of the outermost class. */
    private static DescribedPredicate<JavaClass> are(Predicate<String> name, String description) {
        return describe(description, type -> name.test(type.getName().replaceFirst("\\$.*", "")));
    }
}
