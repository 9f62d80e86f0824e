package io.mcpcrew.crew.playbook;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where a conversation is in a playbook: what is known, and what is waited for.
///
/// @param slots what the customer has told
/// @param kept what was chosen, and what came of writes: they are not done again
/// @param at the first step that is still to be done; those before it led to a write that is done
/// @param begun by which wish: the turn and the wish's place in it; empty in what an earlier
///   release remembered
/// @param asked the turn in which the customer was last asked; 0 if that is still to come
/// @param misses answers in a row that were not understood
record Flow(
    String playbook,
    String version,
    String begun,
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
  ///   confirmation, yes and no where they were shown with numbers; of an invitation, the playbook
  ///   that it is to, with what that is begun
  /// @param hash of what was shown before a write, and of its arguments
  record Awaited(What what, String name, List<Map<String, Object>> options, String hash) {}

  enum What {
    SLOT,
    CHOICE,
    CONFIRMATION,
    /// Said with an answer: who does not take it up has lost nothing.
    INVITATION
  }

  Flow {
    begun = Objects.requireNonNullElse(begun, "");
    slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
    kept = Collections.unmodifiableMap(new LinkedHashMap<>(kept));
  }

  static Flow begin(Playbook playbook, long turn, String place) {
    String begun = turn + "/" + place;
    return new Flow(playbook.name(), playbook.version(), begun, Map.of(), Map.of(), 0, null, 0, 0);
  }

  /// Whether both are of wishes that were told together: "2 níveis e 3 furadeiras".
  boolean isBeside(Flow other) {
    return !begun.equals(other.begun) && turnBegun().equals(other.turnBegun());
  }

  private String turnBegun() {
    return begun.substring(0, Math.max(0, begun.indexOf('/')));
  }

  /// To be asked when those before it are over.
  Flow unasked() {
    return new Flow(playbook, version, begun, slots, kept, at, awaited, 0, misses);
  }

  Flow with(String slot, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(slots);
    more.put(slot, value);
    return new Flow(playbook, version, begun, more, kept, at, awaited, asked, misses);
  }

  /// What depends on what the customer has told is not known any more.
  Flow without(String slot) {
    Map<String, Object> fewer = new LinkedHashMap<>(slots);
    fewer.remove(slot);
    return new Flow(playbook, version, begun, fewer, kept, at, awaited, asked, misses);
  }

  Flow keep(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(kept);
    more.put(name, value);
    return new Flow(playbook, version, begun, slots, more, at, awaited, asked, misses);
  }

  Flow forget(List<String> names) {
    Map<String, Object> fewer = new LinkedHashMap<>(kept);
    names.forEach(fewer::remove);
    return new Flow(playbook, version, begun, slots, fewer, at, awaited, asked, misses);
  }

  Flow from(int step) {
    return new Flow(playbook, version, begun, slots, kept, step, null, asked, misses);
  }

  Flow waitFor(@Nullable Awaited what, long turn) {
    return new Flow(playbook, version, begun, slots, kept, at, what, turn, misses);
  }

  Flow missed(int times) {
    return new Flow(playbook, version, begun, slots, kept, at, awaited, asked, times);
  }
}
