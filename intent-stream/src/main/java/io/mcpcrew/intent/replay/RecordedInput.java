package io.mcpcrew.intent.replay;

import io.mcpcrew.intent.conversation.Input;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.Decision;
import io.mcpcrew.schemas.contract.Delivery;
import io.mcpcrew.schemas.contract.LogPosition;
import io.mcpcrew.schemas.contract.Transition;
import io.mcpcrew.schemas.contract.Work;
import org.jspecify.annotations.Nullable;

/// How a transition names its input, and the input that it names.
public final class RecordedInput {
  private static final String HAPPENED = "Happened";
  private static final String WORKED = "Worked";
  private static final String DECIDED = "Decided";
  private static final String TOO_LARGE = "TooLarge";
  private static final String UNDELIVERED = "Undelivered";
  private static final String RETURNED = "Returned";
  private static final String TIME_CAME = "TimeCame";
  private static final String PLACE_CAME = "PlaceCame";

  private RecordedInput() {}

  /// A new kind of input gets its name here and its way back below.
  public static String kindOf(Input input) {
    return switch (input) {
      case Input.Happened _ -> HAPPENED;
      case Input.Worked _ -> WORKED;
      case Input.Decided _ -> DECIDED;
      case Input.TooLarge _ -> TOO_LARGE;
      case Input.Undelivered _ -> UNDELIVERED;
      case Input.Returned _ -> RETURNED;
      case Input.TimeCame _ -> TIME_CAME;
      case Input.PlaceCame _ -> PLACE_CAME;
    };
  }

  /// Whether the record that it comes from must be read to hear it again.
  static boolean needsRecord(Transition transition) {
    return switch (transition.inputKind()) {
      case TIME_CAME, PLACE_CAME, TOO_LARGE -> false;
      default -> true;
    };
  }

  /// @param record what lies at the transition's position; null when nothing does any more
  static RecordedStep.Heard of(Transition transition, @Nullable Object record) {
    LogPosition at = transition.input();
    return switch (transition.inputKind()) {
      case TIME_CAME -> new RecordedStep.Heard.Again(new Input.TimeCame(transition.lastSign()));
      case PLACE_CAME -> new RecordedStep.Heard.Again(new Input.PlaceCame());
      case TOO_LARGE -> new RecordedStep.Heard.Again(new Input.TooLarge());
      case HAPPENED ->
          record instanceof ConversationEvent event
              ? new RecordedStep.Heard.Again(new Input.Happened(event))
              : gone(at);
      case WORKED ->
          record instanceof Work work
              ? new RecordedStep.Heard.Again(
                  new Input.Worked(work, at.partition(), at.offset(), transition.lastSign()))
              : gone(at);
      case DECIDED ->
          record instanceof Decision decision
              ? new RecordedStep.Heard.Again(new Input.Decided(decision))
              : gone(at);
      case UNDELIVERED ->
          record instanceof Delivery delivery
              ? new RecordedStep.Heard.Again(new Input.Undelivered(delivery))
              : gone(at);
      case RETURNED ->
          record instanceof Delivery delivery
              ? new RecordedStep.Heard.Again(new Input.Returned(delivery))
              : gone(at);
      default ->
          new RecordedStep.Heard.Gone(
              "this program knows no input called " + transition.inputKind());
    };
  }

  private static RecordedStep.Heard gone(LogPosition at) {
    return new RecordedStep.Heard.Gone(
        "the record at %s/%d/%d is no longer in the log"
            .formatted(at.topic(), at.partition(), at.offset()));
  }
}
