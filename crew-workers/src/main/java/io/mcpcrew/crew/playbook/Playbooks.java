package io.mcpcrew.crew.playbook;

import io.mcpcrew.runtime.settings.YamlDocuments;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The playbooks there are, by the intent that they answer. What none answers goes to the
/// concierge's.
public final class Playbooks {
  private static final String FOLDER = "/io/mcpcrew/crew/playbooks/";
  private static final List<String> SHIPPED =
      List.of("product-info", "order-status", "company-hours", "greeting", "thanks", "concierge");

  private final Map<String, Playbook> byIntent = new HashMap<>();
  private final Playbook concierge;

  private Playbooks(List<Playbook> playbooks) {
    for (Playbook playbook : playbooks) {
      playbook.intents().forEach(intent -> byIntent.put(intent, playbook));
    }
    this.concierge = byIntent.getOrDefault("unknown", playbooks.getLast());
  }

  public static Playbooks shipped() {
    return new Playbooks(
        SHIPPED.stream()
            .map(name ->
                YamlDocuments.resource(Playbooks.class, FOLDER + name + ".yaml", Playbook.class))
            .toList());
  }

  public Playbook of(String intent) {
    return byIntent.getOrDefault(intent, concierge);
  }
}
