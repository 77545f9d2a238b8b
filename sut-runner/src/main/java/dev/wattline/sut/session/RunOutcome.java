package dev.wattline.sut.session;

import dev.wattline.model.SessionId;
import java.nio.file.Path;

/** A complete session: its name, and the folder that holds {@code power}, {@code ranging} and {@code run_1}. */
public record RunOutcome(SessionId session, Path folder) {}
