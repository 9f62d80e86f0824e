package io.mcpcrew.ingest.timeline;

import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Alive;
import io.mcpcrew.schemas.contract.Announced;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.Claimed;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.Delivery;
import io.mcpcrew.schemas.contract.Fenced;
import io.mcpcrew.schemas.contract.Gone;
import io.mcpcrew.schemas.contract.Reason;
import io.mcpcrew.schemas.contract.Step;
import io.mcpcrew.schemas.contract.StepKind;
import io.mcpcrew.schemas.contract.Transition;
import io.mcpcrew.schemas.contract.Work;
import io.mcpcrew.schemas.topics.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the log's records say to a person, a line each. Pure.
final class TimelineLines {
  private TimelineLines() {}

  static List<TimelineLine> of(Transition transition, String position) {
    List<TimelineLine> lines = new ArrayList<>();
    for (Reason reason : transition.reasons()) {
      lines.add(
          new TimelineLine(
              position + "/" + lines.size(),
              transition.conversation(),
              transition.turn() == null ? null : transition.turn().toString(),
              null,
              transition.now(),
              reason.stage(),
              reason.sentence()));
    }
    return lines;
  }

  /// What somebody said in the channel, once however often it was delivered. Which turn it became
  /// is known later; what we said ourselves is told by its delivery, and what else happened by what
  /// the conversation made of it.
  static List<TimelineLine> of(ConversationEvent event) {
    boolean said =
        switch (event.kind()) {
          case MESSAGE, EDITED, DELETED, CHOSEN -> true;
          case STATUS_CHANGED, ASSIGNED, NOTE, TYPING, SURVEY_ANSWERED, OTHER, UNKNOWN -> false;
        };
    if (!said || event.author() == Author.OUR_AGENT) {
      return List.of();
    }
    String number = event.messageNumber() == null ? "" : " " + event.messageNumber();
    return List.of(
        new TimelineLine(
            Topics.MESSAGES.name() + "/" + event.eventId(),
            event.conversation(),
            null,
            event.messageNumber(),
            event.receivedAt(),
            "message",
            "%s%s of %s on %s, by %s"
                .formatted(
                    words(event.kind()),
                    number,
                    words(event.author()),
                    event.channel(),
                    event.deliveredBy())));
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static List<TimelineLine> of(Work work, String position) {
    return switch (work.event()) {
      // A claim counts when the conversation has taken it; its transition tells it.
      case Alive _, Claimed _, Fenced _, Gone _ -> List.of();
      case Step step -> line(work, step.turn(), position, stage(step), sentence(step));
      case Announced announced ->
          line(
              work,
              announced.turn(),
              position,
              "announce",
              "%s (%s) with key %s"
                  .formatted(
                      announced.tool(),
                      announced.effect().name().toLowerCase(Locale.ROOT),
                      announced.idempotencyKey()));
      case Concluded concluded ->
          line(
              work,
              concluded.turn(),
              position,
              "conclude",
              concluded.outcome().name().toLowerCase(Locale.ROOT) + ": " + concluded.reason());
    };
  }

  private static String stage(Step step) {
    return step.kind().name().toLowerCase(Locale.ROOT);
  }

  private static String sentence(Step step) {
    if (step.kind() == StepKind.DECISION) {
      return step.name();
    }
    return "%s %s in %.1f ms%s"
        .formatted(
            step.name(),
            step.succeeded() ? "answered" : "failed",
            step.micros() / 1000.0,
            step.summary() == null ? "" : ": " + readable(step.summary()));
  }

  private static String readable(@Nullable Content content) {
    return content == null ? "" : content.readable();
  }

  private static List<TimelineLine> line(
      Work work, TurnId turn, String position, String stage, String text) {
    return List.of(
        new TimelineLine(
            position, turn.conversation(), turn.toString(), null, work.at(), stage, text));
  }

  static List<TimelineLine> of(TurnId turn, Delivery delivery, String position) {
    String status = delivery.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String detail = delivery.detail().isEmpty() ? "" : ": " + delivery.detail();
    String number =
        delivery.messageNumber() == null
            ? ""
            : " as message " + Objects.requireNonNull(delivery.messageNumber());
    return List.of(
        new TimelineLine(
            position,
            turn.conversation(),
            turn.toString(),
            delivery.messageNumber(),
            delivery.at(),
            "deliver",
            status + number + detail));
  }
}
