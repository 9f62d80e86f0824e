package io.mcpcrew.parts;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// One part at one moment. `pid` and `since` are there while its process runs; `ready` means that
/// it has answered since it was started.
public record PartStatus(
    String name,
    String address,
    OptionalLong pid,
    boolean ready,
    Optional<Instant> since,
    Path dataFolder,
    Path logFile) {}
