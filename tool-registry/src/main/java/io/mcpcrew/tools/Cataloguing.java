package io.mcpcrew.tools;

import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.contract.EffectClass;
import io.mcpcrew.schemas.contract.Tool;
import io.mcpcrew.schemas.contract.ToolCatalogue;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides what the catalogue says after a server was asked. Nothing is published that says what
/// was said before; and a server that is down keeps its last good catalogue, marked as stale.
final class Cataloguing {
  private Cataloguing() {}

  /// @param before as last published
  static Optional<ToolCatalogue> offered(
      AccountId account,
      RegistrySettings.Connector connector,
      @Nullable ToolCatalogue before,
      List<Offered> offers,
      Instant now) {
    var fresh =
        new ToolCatalogue(
            account,
            connector.name(),
            connector.urls().stream().map(URI::toString).toList(),
            true,
            offers.stream()
                .map(offer -> tool(connector.name(), offer))
                .sorted(Comparator.comparing(Tool::name))
                .toList(),
            false,
            now);
    if (before == null) {
      return fresh.tools().isEmpty() ? Optional.empty() : Optional.of(fresh);
    }
    return saysTheSame(before, fresh) ? Optional.empty() : Optional.of(fresh);
  }

  static Optional<ToolCatalogue> silent(@Nullable ToolCatalogue before) {
    if (before == null || before.stale()) {
      return Optional.empty();
    }
    return Optional.of(
        new ToolCatalogue(
            before.account(),
            before.connector(),
            before.urls(),
            before.ours(),
            before.tools(),
            true,
            before.discoveredAt()));
  }

  private static boolean saysTheSame(ToolCatalogue before, ToolCatalogue fresh) {
    return before.tools().equals(fresh.tools())
        && before.urls().equals(fresh.urls())
        && before.ours() == fresh.ours()
        && before.stale() == fresh.stale();
  }

  private static Tool tool(String connector, Offered offer) {
    Object capability = offer.meta().get("crew/capability");
    Object checkedBy = offer.meta().get("crew/checked-by");
    return new Tool(
        ToolNames.exposed(connector, offer.name()),
        offer.name(),
        capability == null ? null : capability.toString(),
        offer.title(),
        offer.description(),
        Pins.canonical(offer.inputSchema()),
        offer.outputSchema().isEmpty() ? null : Pins.canonical(offer.outputSchema()),
        effect(offer),
        checkedBy == null ? null : checkedBy.toString(),
        Pins.of(offer));
  }

  /// A server that does not say what a call does is taken at its worst, unless it only reads.
  private static EffectClass effect(Offered offer) {
    String said = String.valueOf(offer.meta().get("crew/effect")).toUpperCase(Locale.ROOT);
    for (EffectClass effect : EffectClass.values()) {
      if (effect != EffectClass.UNKNOWN && effect.name().equals(said)) {
        return effect;
      }
    }
    return Boolean.TRUE.equals(offer.annotations().get("readOnlyHint"))
        ? EffectClass.READ
        : EffectClass.BLIND;
  }
}
