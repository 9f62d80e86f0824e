package io.mcpcrew.crew.playbook;

import io.mcpcrew.runtime.tenant.BoundedCel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A declared flow, checked and ready: what must be known, what it calls, what it says.
///
/// @param intents that it answers
/// @param version changes when the file does; a flow that was begun with another one is not gone on
///   with
/// @param title how it is called when the conversation comes back to it
public record Playbook(
    String name,
    List<String> intents,
    String version,
    @Nullable Texts title,
    Map<String, Slot> slots,
    List<Step> steps) {
  static final String EVERY = ".*";

  /// What the customer tells.
  ///
  /// @param choices the words by which each is meant; empty unless it is one of several
  /// @param titles how each is shown, in the order of the file
  record Slot(
      String name,
      Kind kind,
      Map<String, List<String>> choices,
      Map<String, Texts> titles,
      Texts ask) {}

  /// What a question may be answered with. Other words are an answer all the same.
  sealed interface Offer {
    /// The same for everybody.
    record These(List<Texts> titles) implements Offer {}

    /// Rows that were found.
    ///
    /// @param label the field that is shown
    /// @param value the field that the slot becomes
    record Found(String result, String field, String label, String value) implements Offer {}
  }

  enum Kind {
    PRODUCT,
    QUANTITY,
    ORDER,
    DATE,
    TIME,
    EMAIL,
    PHONE,
    TEXT,
    CHOICE
  }

  /// Each has a path, which is its place in the file and leads those of its calls.
  sealed interface Step {
    String path();

    record Ask(String path, List<String> slots, @Nullable Offer offer) implements Step {}

    record Again(String path, String slot, Texts say, @Nullable Offer offer) implements Step {}

    record Identify(String path, String as) implements Step {}

    record Call(
        String path,
        String capability,
        Map<String, Object> with,
        String as,
        @Nullable List<Step> declined,
        @Nullable List<Step> failed)
        implements Step {}

    record Choose(String path, String result, String field, String as, String label, Texts say)
        implements Step {}

    record Write(
        String path,
        String capability,
        Map<String, Object> with,
        String as,
        Texts confirm,
        @Nullable Texts refused,
        @Nullable List<Step> declined)
        implements Step {}

    record If(String path, BoundedCel condition, List<Step> then, List<Step> otherwise)
        implements Step {}

    /// @param intent whose answer it is; `intent` for the one that was found
    record Known(String path, String intent) implements Step {
      static final String FOUND = "intent";
    }

    record Say(String path, Texts say) implements Step {}

    record Person(String path, Texts reason) implements Step {}

    /// Goes on with another playbook; with an offer, when the customer says yes to it.
    ///
    /// @param with the other's slots
    /// @param carry what was chosen and needs not be chosen there again
    record Play(
        String path,
        String playbook,
        Map<String, Object> with,
        List<String> carry,
        @Nullable Texts offer,
        @Nullable Texts refused)
        implements Step {}

    record End(String path) implements Step {}
  }

  /// Those within others too.
  List<Step> allSteps() {
    List<Step> all = new ArrayList<>();
    collect(steps, all);
    return all;
  }

  private static void collect(@Nullable List<Step> steps, List<Step> all) {
    if (steps == null) {
      return;
    }
    for (Step step : steps) {
      all.add(step);
      switch (step) {
        case Step.Call call -> {
          collect(call.declined(), all);
          collect(call.failed(), all);
        }
        case Step.Write write -> collect(write.declined(), all);
        case Step.If branch -> {
          collect(branch.then(), all);
          collect(branch.otherwise(), all);
        }
        case Step.Ask _,
            Step.Again _,
            Step.Identify _,
            Step.Choose _,
            Step.Known _,
            Step.Say _,
            Step.Person _,
            Step.Play _,
            Step.End _ -> {}
      }
    }
  }

  /// `company.*` answers each intent that begins so.
  public boolean answers(String intent) {
    return intents.stream().anyMatch(own -> covers(own, intent));
  }

  static boolean covers(String own, String intent) {
    return own.endsWith(EVERY)
        ? intent.startsWith(own.substring(0, own.length() - 1))
        : own.equals(intent);
  }
}
