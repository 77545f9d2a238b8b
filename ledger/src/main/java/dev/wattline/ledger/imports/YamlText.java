package dev.wattline.ledger.imports;

import dev.wattline.ledger.LedgerException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** YAML, of which JSON is a part, as maps, lists and values. No types beside those of YAML are made. */
final class YamlText {
    private YamlText() {}

    /**
     * @param before how many lines of the file stand before the text
     * @throws LedgerException if it is no YAML; the message names line and column
     */
    static @Nullable Object parse(Path file, String text, int before) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            return new Yaml(new SafeConstructor(options)).load(text);
        } catch (MarkedYAMLException e) {
            String place = e.getProblemMark() == null
                    ? ""
                    : ":" + (e.getProblemMark().getLine() + 1 + before) + ":"
                            + (e.getProblemMark().getColumn() + 1);
            throw new LedgerException(
                    file + place + ": " + e.getProblem(),
                    "Correct the YAML there; keys and values are 'key: value'.",
                    e);
        } catch (YAMLException e) {
            throw new LedgerException(file + ": " + e.getMessage(), "Correct the YAML.", e);
        }
    }
}
