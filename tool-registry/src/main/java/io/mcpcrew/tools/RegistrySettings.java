package io.mcpcrew.tools;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator may set for the registry.
///
/// @param connectors the installation's own MCP servers; they take our tokens
/// @param refresh how often each server is asked what it offers
/// @param listWithin how long a server may take to say so; one that takes longer holds up no other
@ConfigurationProperties("registry")
public record RegistrySettings(
    @DefaultValue List<Connector> connectors,
    @DefaultValue("15s") Duration refresh,
    @DefaultValue("5s") Duration listWithin) {

  /// One server, perhaps in several replicas.
  ///
  /// @param name stands before each of its tools' names: `odoo` makes `odoo__find_products`
  public record Connector(String name, List<URI> urls) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,30}");

    public Connector {
      urls = List.copyOf(urls);
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "registry.connectors: the name `%s` must be lower-case letters, digits and hyphens"
                .formatted(name));
      }
      if (urls.isEmpty()) {
        throw new IllegalArgumentException("registry.connectors: %s has no url".formatted(name));
      }
    }
  }

  public RegistrySettings {
    connectors = List.copyOf(connectors);
  }
}
