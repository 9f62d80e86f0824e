package io.mcpcrew.crew.tools;

import io.mcpcrew.runtime.kafka.CompactedView;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.contract.EffectClass;
import io.mcpcrew.schemas.contract.Tool;
import io.mcpcrew.schemas.contract.ToolCatalogue;
import io.mcpcrew.schemas.topics.Topics;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The catalogue of `crew.tools` by account and capability; finding a tool is a map look-up.
public final class ToolView implements AutoCloseable {
  /// A tool and where it is reached.
  ///
  /// @param check the tool of the same server that tells whether a write of this one happened
  public record Offer(
      String connector, List<String> urls, boolean ours, Tool tool, @Nullable Tool check) {}

  private record Wanted(AccountId account, String capability) {}

  private final CompactedView<ToolCatalogue> view;
  private final Map<String, ToolCatalogue> catalogues = new ConcurrentHashMap<>();
  private volatile Map<Wanted, Offer> offers = Map.of();
  private volatile Map<AccountId, List<Offer>> all = Map.of();

  public ToolView(KafkaClients clients, String reader) {
    this.view = new CompactedView<>(clients, Topics.TOOLS, reader, this::take);
  }

  public void start() {
    view.start();
  }

  public boolean isCaughtUp() {
    return view.isCaughtUp();
  }

  /// Returns when the whole catalogue is known.
  ///
  /// @throws IllegalStateException when it could not be read in time
  public void awaitCaughtUp() {
    view.awaitCaughtUp();
  }

  public Optional<Offer> find(AccountId account, String capability) {
    return Optional.ofNullable(offers.get(new Wanted(account, capability)));
  }

  /// All that the account is offered, in the order of the tools' names.
  public List<Offer> offers(AccountId account) {
    return all.getOrDefault(account, List.of());
  }

  public int size() {
    return offers.size();
  }

  private void take(String key, @Nullable ToolCatalogue catalogue) {
    if (catalogue == null) {
      catalogues.remove(key);
    } else {
      catalogues.put(key, catalogue);
    }
    Map<Wanted, Offer> fresh = new ConcurrentHashMap<>();
    // In the order of their keys, so that of two connectors with one capability it is always the
    // same.
    catalogues.entrySet().stream()
        .sorted(Map.Entry.<String, ToolCatalogue>comparingByKey().reversed())
        .forEach(entry -> index(entry.getValue(), fresh));
    offers = fresh;
    all = byAccount();
  }

  private Map<AccountId, List<Offer>> byAccount() {
    return catalogues.values().stream()
        .flatMap(catalogue ->
            catalogue.tools().stream()
                .map(tool -> Map.entry(catalogue.account(), offer(catalogue, tool))))
        .sorted(Comparator.comparing(entry -> entry.getValue().tool().name()))
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }

  private static Offer offer(ToolCatalogue catalogue, Tool tool) {
    return new Offer(
        catalogue.connector(), catalogue.urls(), catalogue.ours(), tool, check(catalogue, tool));
  }

  private static void index(ToolCatalogue catalogue, Map<Wanted, Offer> fresh) {
    for (Tool tool : catalogue.tools()) {
      if (tool.capability() != null) {
        fresh.put(new Wanted(catalogue.account(), tool.capability()), offer(catalogue, tool));
      }
    }
  }

  private static @Nullable Tool check(ToolCatalogue catalogue, Tool of) {
    return catalogue.tools().stream()
        .filter(tool -> tool.remoteName().equals(of.checkedBy()))
        .filter(tool -> tool.effect() == EffectClass.READ)
        .findFirst()
        .orElse(null);
  }

  @Override
  public void close() {
    view.close();
  }
}
