package dev.wattline.ledger.study;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The model behind a name, without its publisher, target, tuning and form: {@code llama2-70b} of many spellings. */
final class ModelFamily {
    private static final Pattern LLAMA =
            Pattern.compile("llama[-_ ]?v?(\\d+(?:\\.\\d+)?)[-_ ]?(?:vision[-_ ])?(\\d+(?:\\.\\d+)?b)");
    private static final List<Pattern> ENDINGS = List.of(
            Pattern.compile("-99(\\.\\d+)?$"),
            Pattern.compile("[-_](chat|instruct|hf|it|base|datacenter|interactive|edge|diffusers|fp8|awq|gptq)$"));

    private ModelFamily() {}

    static String of(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT);
        Matcher llama = LLAMA.matcher(plain);
        if (llama.find()) {
            return "llama" + llama.group(1) + "-" + llama.group(2);
        }
        plain = plain.substring(plain.lastIndexOf('/') + 1);
        String before;
        do {
            before = plain;
            for (Pattern ending : ENDINGS) {
                plain = ending.matcher(plain).replaceFirst("");
            }
        } while (!plain.equals(before));
        return plain.equals("resnet") ? "resnet50" : plain;
    }
}
