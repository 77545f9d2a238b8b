package dev.wattline.junit;

import dev.wattline.mock.json.ScenarioJson;
import dev.wattline.mock.ptd.MockPtd;
import dev.wattline.mock.ptd.MockPtdOptions;
import dev.wattline.mock.ptd.PtdArguments;
import dev.wattline.mock.signal.NoisySignal;
import dev.wattline.mock.signal.SignalModel;
import dev.wattline.mock.signal.SignalSpec;
import dev.wattline.model.RangeSetting;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Starts the mock of a {@link MockPtdaemon} before each test and ends it afterwards. */
final class MockPtdaemonExtension implements BeforeEachCallback, ParameterResolver {
    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(MockPtdaemon.class);

    @Override
    public void beforeEach(ExtensionContext test) {
        mock(test);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == RunningPtdaemon.class
                && test.getTestMethod().isPresent();
    }

    @Override
    public RunningPtdaemon resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return mock(test);
    }

    /** The test's mock; started by whoever asks first, so that constructors and {@code @BeforeEach} methods may ask. */
    private static RunningPtdaemon mock(ExtensionContext test) {
        return test.getStore(STORE)
                .getOrComputeIfAbsent(test.getUniqueId(), id -> Started.with(annotation(test)), Started.class)
                .mock();
    }

    private static MockPtdaemon annotation(ExtensionContext test) {
        Optional<MockPtdaemon> own = AnnotationSupport.findAnnotation(test.getTestMethod(), MockPtdaemon.class);
        if (own.isPresent()) {
            return own.get();
        }
        for (Class<?> type = test.getTestClass().orElse(null); type != null; type = type.getEnclosingClass()) {
            Optional<MockPtdaemon> outer = AnnotationSupport.findAnnotation(type, MockPtdaemon.class);
            if (outer.isPresent()) {
                return outer.get();
            }
        }
        throw new ExtensionConfigurationException("no @MockPtdaemon on the test or its class");
    }

    /** Ended by the store at the end of the test. */
    @SuppressWarnings(
            "deprecation") // JUnit before 5.13 closes only a CloseableResource, later ones ask for AutoCloseable
    private record Started(MockPtd process, RunningPtdaemon mock)
            implements ExtensionContext.Store.CloseableResource, AutoCloseable {
        static Started with(MockPtdaemon wanted) {
            ByteArrayOutputStream stdout = new ByteArrayOutputStream();
            MockPtdOptions options;
            try {
                options = options(wanted, stdout);
            } catch (RuntimeException e) {
                throw new ExtensionConfigurationException("@MockPtdaemon: " + e.getMessage(), e);
            }
            MockPtd process = MockPtd.start(options);
            process.port(); // waits until it listens
            return new Started(process, new RunningPtdaemon(process, stdout));
        }

        private static MockPtdOptions options(MockPtdaemon wanted, ByteArrayOutputStream stdout) {
            List<String> arguments = new ArrayList<>(List.of("-p", "0"));
            if (!wanted.channels().isEmpty()) {
                arguments.add("-c");
                arguments.add(wanted.channels());
            }
            arguments.add(Integer.toString(wanted.deviceType()));
            arguments.add("/dev/usbtmc0");
            SignalModel signal = SignalSpec.parse(wanted.signal());
            MockPtdOptions.Builder builder = MockPtdOptions.builder(PtdArguments.parse(arguments))
                    .signal(wanted.noise() > 0 ? new NoisySignal(signal, wanted.noise(), wanted.seed()) : signal)
                    .seed(wanted.seed())
                    .speed(wanted.speed())
                    .startDelay(Duration.ofMillis(wanted.startDelay()))
                    .initialAmps(range(wanted.initialAmps()))
                    .initialVolts(range(wanted.initialVolts()))
                    .zone(ZoneOffset.UTC)
                    .stdout(stdout);
            if (!wanted.scenario().isBlank()) {
                builder.scenario(ScenarioJson.parse("of the annotation", wanted.scenario()));
            }
            return builder.build();
        }

        private static RangeSetting range(String text) {
            return text.toLowerCase(Locale.ROOT).equals("auto") ? RangeSetting.auto() : RangeSetting.ofText(text);
        }

        @Override
        public void close() {
            process.close();
        }
    }
}
