package io.mcpcrew.mcp.odoo;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpcrew.schemas.AccountId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Which fields a model has in an account's Odoo: versions and installed modules differ, and asking
/// for a field that is not there is an error.
final class OdooFields {
  private record Of(AccountId account, String model) {}

  private final OdooJson2 odoo;
  private final Cache<Of, Set<String>> known =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(10)).build();

  OdooFields(OdooJson2 odoo) {
    this.odoo = odoo;
  }

  /// Those of the wanted fields that are there, in their order.
  List<String> present(OdooCall call, String model, List<String> wanted)
      throws IOException, InterruptedException {
    var key = new Of(call.account(), model);
    Set<String> fields = known.getIfPresent(key);
    if (fields == null) {
      fields = ask(call, model);
      known.put(key, fields);
    }
    return wanted.stream().filter(fields::contains).toList();
  }

  private Set<String> ask(OdooCall call, String model) throws IOException, InterruptedException {
    var answer =
        odoo.call(
            call.odoo(), model, "fields_get", Map.of("attributes", List.of("type")), call.left());
    return Set.copyOf(new TreeSet<>(answer.propertyNames()));
  }
}
