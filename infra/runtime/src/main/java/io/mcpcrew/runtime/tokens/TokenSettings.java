package io.mcpcrew.runtime.tokens;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where the accounts' key pairs lie.
///
/// @param keys a folder with `<account>.public.jwk` for every reader of tokens and
///   `<account>.private.jwk` for those who sign: intent-stream and tool-registry; a worker signs
///   nothing
/// @param createMissing makes a pair for an account that has none; for a laptop
@ConfigurationProperties("platform.tokens")
public record TokenSettings(
    @DefaultValue(".crew/keys") Path keys, @DefaultValue("false") boolean createMissing) {}
