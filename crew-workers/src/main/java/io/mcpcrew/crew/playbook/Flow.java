package io.mcpcrew.crew.playbook;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a conversation is in a playbook: what is known, and what is waited for.
///
/// @param slots what the customer has told
/// @param kept what was chosen, and what came of writes: they are not done again
/// @param at the first step that is still to be done; those before it led to a write that is done
/// @param asked the turn in which the customer was last asked
/// @param misses answers in a row that were not understood
record Flow(
    String playbook,
    String version,
    Map<String, Object> slots,
    Map<String, Object> kept,
    int at,
    @Nullable Awaited awaited,
    long asked,
    int misses) {

  /// What is waited for.
  ///
  /// @param name the slot, or what is chosen or written is called so
  /// @param options the rows that may be chosen; of a slot, `title` and `value` of each; of a
  ///   confirmation, yes and no where they were shown with numbers
  /// @param hash of what was shown before a write, and of its arguments
  record Awaited(What what, String name, List<Map<String, Object>> options, String hash) {}

  enum What {
    SLOT,
    CHOICE,
    CONFIRMATION
  }

  Flow {
    slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
    kept = Collections.unmodifiableMap(new LinkedHashMap<>(kept));
  }

  static Flow begin(Playbook playbook) {
    return new Flow(playbook.name(), playbook.version(), Map.of(), Map.of(), 0, null, 0, 0);
  }

  Flow with(String slot, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(slots);
    more.put(slot, value);
    return new Flow(playbook, version, more, kept, at, awaited, asked, misses);
  }

  /// What depends on what the customer has told is not known any more.
  Flow without(String slot) {
    Map<String, Object> fewer = new LinkedHashMap<>(slots);
    fewer.remove(slot);
    return new Flow(playbook, version, fewer, kept, at, awaited, asked, misses);
  }

  Flow keep(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(kept);
    more.put(name, value);
    return new Flow(playbook, version, slots, more, at, awaited, asked, misses);
  }

  Flow forget(List<String> names) {
    Map<String, Object> fewer = new LinkedHashMap<>(kept);
    names.forEach(fewer::remove);
    return new Flow(playbook, version, slots, fewer, at, awaited, asked, misses);
  }

  Flow from(int step) {
    return new Flow(playbook, version, slots, kept, step, null, asked, misses);
  }

  Flow waitFor(@Nullable Awaited what, long turn) {
    return new Flow(playbook, version, slots, kept, at, what, turn, misses);
  }

  Flow missed(int times) {
    return new Flow(playbook, version, slots, kept, at, awaited, asked, times);
  }
}
