package io.mcpcrew.simulators.odoo;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator may set, under `simulator.odoo`.
///
/// @param dataDir where what was changed is kept; without it nothing survives a restart
/// @param delayMs how long a call takes at least, as a real server's would; for benchmarks
/// @param databases of this server, each with its one key
@ConfigurationProperties("simulator.odoo")
public record OdooSimulatorSettings(
    @Nullable Path dataDir,
    @DefaultValue("0") long delayMs,
    @DefaultValue List<DatabaseSettings> databases) {

  public OdooSimulatorSettings {
    databases = List.copyOf(databases);
    require(delayMs >= 0 && delayMs <= 60_000, "delay-ms", "must be 0 to 60000");
    Set<String> seen = new HashSet<>();
    for (DatabaseSettings database : databases) {
      require(seen.add("name " + database.name()), "databases[].name", "is used twice");
      require(seen.add("key " + database.apiKey()), "databases[].api-key", "is used twice");
    }
  }

  /// One database: a company. The name also chooses the demo data.
  public record DatabaseSettings(String name, String apiKey) {
    public DatabaseSettings {
      require(name.matches("[a-z0-9_-]{1,63}"), "databases[].name", "must match [a-z0-9_-]{1,63}");
      require(!apiKey.isBlank(), "databases[].api-key", "must not be blank");
    }

    /// Without the key, which is a secret.
    @Override
    public String toString() {
      return "DatabaseSettings[name=" + name + "]";
    }
  }

  private static void require(boolean holds, String path, String complaint) {
    if (!holds) {
      throw new IllegalArgumentException("simulator.odoo." + path + " " + complaint);
    }
  }
}
