package io.mcpcrew.crew.playbook;

import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The flows that a conversation is in: the first is the one that waits, the others are come back
/// to. They are one slot of the conversation's memory, and bounded.
///
/// @param heard the turn of which the first task's message was heard whole, so that its other tasks
///   have nothing left to say
/// @param at when the customer wrote last, in seconds
/// @param language in which they were begun: a short answer does not tell one
/// @param last the playbook that was over last: who asks "and that one?" asks it again
record Flows(List<Flow> flows, long heard, long at, String language, String last) {
  static final String SLOT = "playbooks";
  static final Flows NONE = new Flows(List.of(), 0, 0, "", "");

  /// Who comes back later begins anew.
  private static final Duration LONGEST_PAUSE = Duration.ofHours(12);

  private static final Logger LOGGER = LoggerFactory.getLogger(Flows.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// A turn has no more wishes.
  private static final int MOST = 5;

  private static final int LONGEST = 12_000;

  Flows {
    flows = List.copyOf(flows);
  }

  /// What cannot be read, of another release perhaps, is as good as forgotten.
  static Flows of(List<Slot> memory) {
    for (Slot slot : memory) {
      if (slot.name().equals(SLOT)) {
        try {
          return JSON.readValue(slot.value().readable(), Flows.class);
        } catch (JacksonException e) {
          LOGGER.atWarn().log("where a conversation was in its playbooks cannot be read");
        }
      }
    }
    return NONE;
  }

  /// The memory with these flows in it; the oldest go if it would become too large.
  List<Slot> in(List<Slot> memory) {
    List<Slot> all = new ArrayList<>(memory);
    all.removeIf(slot -> slot.name().equals(SLOT));
    List<Flow> kept = flows.subList(0, Math.min(MOST, flows.size()));
    String json = JSON.writeValueAsString(new Flows(kept, heard, at, language, last));
    while (json.length() > LONGEST && !kept.isEmpty()) {
      kept = kept.subList(0, kept.size() - 1);
      json = JSON.writeValueAsString(new Flows(kept, heard, at, language, last));
    }
    if (!kept.isEmpty() || !last.isEmpty()) {
      all.add(new Slot(SLOT, Content.of(json)));
    }
    return List.copyOf(all);
  }

  /// Without those whose playbook is gone or was changed meanwhile.
  Flows current(Playbooks playbooks, Instant now) {
    if (now.getEpochSecond() - at > LONGEST_PAUSE.toSeconds()) {
      return new Flows(List.of(), 0, now.getEpochSecond(), "", "");
    }
    return new Flows(
        flows.stream()
            .filter(flow ->
                playbooks
                    .named(flow.playbook())
                    .filter(p -> p.version().equals(flow.version()))
                    .isPresent())
            .toList(),
        heard,
        now.getEpochSecond(),
        language,
        last);
  }

  Flows first(Flow flow) {
    List<Flow> all = new ArrayList<>(without(flow));
    all.addFirst(flow);
    return new Flows(all, heard, at, language, last);
  }

  Flows last(Flow flow) {
    List<Flow> all = new ArrayList<>(without(flow));
    all.add(flow);
    return new Flows(all, heard, at, language, last);
  }

  Flows over(Flow flow) {
    return new Flows(without(flow), heard, at, language, flow.playbook());
  }

  Flows heardIn(long turn) {
    return new Flows(flows, turn, at, language, last);
  }

  Flows in(String newLanguage) {
    return new Flows(flows, heard, at, newLanguage, last);
  }

  /// Who wants the same kind of thing again begins anew, unless both were told together.
  private List<Flow> without(Flow flow) {
    return flows.stream()
        .filter(other -> !other.playbook().equals(flow.playbook()) || other.isBeside(flow))
        .toList();
  }
}
