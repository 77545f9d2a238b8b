package dev.wattline.cli.options;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of this build and the commit it was made from, written by Maven into {@code wattline.properties}. */
public final class Version implements IVersionProvider {
    private static final String RESOURCE = "/dev/wattline/cli/wattline.properties";

    @Override
    public String[] getVersion() {
        return new String[] {"wattline " + version() + " (" + commit() + ")"};
    }

    /** The version, such as {@code 0.2.0}. */
    public static String version() {
        return Loaded.PROPERTIES.getProperty("version");
    }

    /** The abbreviated commit; {@code unknown} for a build from something else than a checkout. */
    public static String commit() {
        String commit = Loaded.PROPERTIES.getProperty("commit");
        return commit == null || commit.isBlank() || commit.startsWith("${") ? "unknown" : commit;
    }

    private static final class Loaded {
        static final Properties PROPERTIES = load();

        private static Properties load() {
            Properties properties = new Properties();
            try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
                if (in == null) {
                    throw new IllegalStateException("the build lacks " + RESOURCE);
                }
                properties.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return properties;
        }
    }
}
