package dev.wattline.ledger.row;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A published result. Texts are as the source prints them, and empty where it says nothing.
 *
 * @param settings how it ran, where the source says so
 * @param measures the values, each with its unit and place; of tables with one value a line there is one
 * @param findings ids of what is odd about the row
 */
public record LedgerRow(
        Origin origin,
        Submission submission,
        Machine machine,
        Task task,
        Settings settings,
        List<Measure> measures,
        List<String> findings) {

    public LedgerRow {
        measures = List.copyOf(measures);
        findings = List.copyOf(findings);
    }

    /** A row whose source says nothing of the settings. */
    public LedgerRow(
            Origin origin,
            Submission submission,
            Machine machine,
            Task task,
            List<Measure> measures,
            List<String> findings) {
        this(origin, submission, machine, task, Settings.NONE, measures, findings);
    }

    /**
     * Where the row was read.
     *
     * @param kind the format
     * @param file the file's name, without its folder
     * @param place {@code line 12} or a JSON pointer such as {@code /0}
     */
    public record Origin(Kind kind, String file, String place) {}

    /** The formats. */
    public enum Kind {
        SUMMARY_RESULTS("summary_results.json"),
        CLEANED("cleaned table"),
        CHECKER_SUMMARY("summary.csv of the submission checker"),
        TINY_SUMMARY("summary.csv of MLPerf Tiny"),
        WEBSITE("export of the website"),
        TREE("tree of results"),
        MLENERGY("ML.ENERGY leaderboard"),
        AIENERGYSCORE("AI Energy Score"),
        OPTIMUM("report of optimum-benchmark"),
        CODECARBON("emissions.csv of CodeCarbon"),
        LLMPERF("LLM-Perf leaderboard"),
        OHDOKING("energy_consumption_by_model_and_gpu"),
        EJHUSOM("llm-inference-energy-consumption"),
        MODELCARD("model card"),
        TABLE("table with a mapping file");

        private final String description;

        Kind(String description) {
            this.description = description;
        }

        /** The format in a few words. */
        public String description() {
            return description;
        }
    }

    /** The suites of MLPerf, whose rounds share names; and what is of none of them. */
    public enum Suite {
        INFERENCE,
        TRAINING,
        TINY,
        OTHER
    }

    /**
     * The submission.
     *
     * @param round such as {@code v4.1}
     * @param category {@code datacenter} or {@code edge}, where the source says so
     * @param division {@code closed} or {@code open}
     * @param location the folder of the result in the round's repository
     */
    public record Submission(
            Suite suite,
            String round,
            String category,
            String division,
            String id,
            String submitter,
            String location) {}

    /**
     * The system.
     *
     * @param nodes number of nodes; null where the source gives no number
     * @param accelerators number of accelerators, of a node or in all, as the source has it; of imported rows those that
     *     the row's power is of; null without one
     */
    public record Machine(
            String name,
            String platform,
            @Nullable Double nodes,
            String processor,
            String accelerator,
            @Nullable Double accelerators) {}

    /**
     * What ran on it.
     *
     * @param model as the source names it, target included
     * @param officialModel MLCommons' name of the model where the source gives both
     * @param precision weight data types, where given
     */
    public record Task(String model, String officialModel, String scenario, String precision) {}

    /**
     * How it ran.
     *
     * @param benchmark the task of a leaderboard, such as {@code lm-arena-chat}; empty if there is none
     * @param phase {@code prefill} or {@code decode}; empty for the whole
     * @param run what tells the run that the value is of; rows of one run are not independent measurements
     * @param numbers settings that are numbers
     */
    public record Settings(String benchmark, String phase, String run, Map<Setting, Double> numbers) {
        /** Nothing is told. */
        public static final Settings NONE = new Settings("", "", "", Map.of());

        public Settings {
            numbers = numbers.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(numbers));
        }

        /** A setting's number; null if it is not told. */
        public @Nullable Double get(Setting setting) {
            return numbers.get(setting);
        }
    }

    /** Settings that are numbers. */
    public enum Setting {
        /** Requests or samples that ran at a time: the measured mean where the source has one, else what was set. */
        BATCH("batch"),
        /** The most requests at a time that the server was set to take. */
        BATCH_LIMIT("batchLimit"),
        TENSOR_PARALLEL("tensorParallel"),
        PIPELINE_PARALLEL("pipelineParallel"),
        DATA_PARALLEL("dataParallel"),
        EXPERT_PARALLEL("expertParallel"),
        ULYSSES_DEGREE("ulyssesDegree"),
        RING_DEGREE("ringDegree"),
        /** Pixels. */
        HEIGHT("height"),
        /** Pixels. */
        WIDTH("width"),
        FRAMES("frames"),
        FRAMES_PER_SECOND("framesPerSecond"),
        DENOISING_STEPS("denoisingSteps"),
        /** Tokens of a request, as a mean. */
        INPUT_TOKENS("inputTokens"),
        /** Tokens of a request, as a mean. */
        OUTPUT_TOKENS("outputTokens"),
        /** In 10^9. */
        PARAMETERS("parametersBillion"),
        /** In 10^9. */
        ACTIVE_PARAMETERS("activeParametersBillion"),
        /** Of a card, in W. */
        POWER_LIMIT("powerLimitW"),
        PROCESSORS("processors"),
        CORES_PER_PROCESSOR("coresPerProcessor");

        private final String key;

        Setting(String key) {
            this.key = key;
        }

        /** The key in ledgers and mapping files. */
        public String key() {
            return key;
        }

        /** The setting of a key, in whatever case; empty if there is none. */
        public static Optional<Setting> of(String key) {
            String wanted = key.strip().toLowerCase(Locale.ROOT);
            for (Setting setting : values()) {
                if (setting.key.toLowerCase(Locale.ROOT).equals(wanted)) {
                    return Optional.of(setting);
                }
            }
            return Optional.empty();
        }
    }
}
