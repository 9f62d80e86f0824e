package io.mcpcrew.crew.model;

import io.mcpcrew.crew.claim.TurnJournal;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A model as one turn asks it: each question is a step of the journal. What an attempt before was
/// answered is used again; only what nobody was answered is asked, within what may be spent.
public final class JournalledModel {
  private static final int LONGEST_RECORDED = 100_000;

  /// What came of a question.
  public sealed interface Reply {
    /// @param used tokens and cost, be it now or in an attempt before
    record Answered(ModelAnswer answer, TurnLimits.Used used) implements Reply {}

    /// Nothing more may be spent, or none of the models answered; the reason is for a person.
    record Refused(String reason) implements Reply {}
  }

  /// Where a question stands in its turn, and what has been added since the one before it: prompts
  /// are recorded by hash and delta, so that a turn's record grows with what is new only.
  ///
  /// @param path the same in every attempt
  /// @param prompt names the version of the prompt's file
  /// @param delta the places of the steps whose results are new in this question
  public record Place(String path, String prompt, List<String> delta) {}

  private final TurnJournal journal;
  private final Models models;
  private final Spending spending;
  private final ConversationKey conversation;

  public JournalledModel(
      TurnJournal journal, Models models, Spending spending, ConversationKey conversation) {
    this.journal = journal;
    this.models = models;
    this.spending = spending;
    this.conversation = conversation;
  }

  /// @param model by name; the default one if it is null
  public Reply ask(Place place, @Nullable String model, ModelRequest request, Duration left) {
    journal.goOn();
    String hash = request.hash();
    Optional<Reply> before = journal.recorded(place.path(), hash).flatMap(JournalledModel::read);
    if (before.isPresent()) {
      return before.get();
    }
    Optional<String> refused = spending.refused(conversation, journal.now());
    if (refused.isPresent()) {
      return new Reply.Refused(refused.get());
    }
    Instant began = journal.now();
    return switch (models.ask(conversation.account(), model, request, left)) {
      case Models.Reply.Answered(ModelAnswer answer, long cost) -> {
        spending.spent(conversation, cost, journal.now());
        var used = new TurnLimits.Used(1, answer.tokensIn() + answer.tokensOut(), cost);
        record(place, hash, answer, cost, began);
        yield new Reply.Answered(answer, used);
      }
      case Models.Reply.Failed(String reason) -> {
        journal.model(
            place.path(), "no model", hash, false, null, Content.of(reason), began, 0, 0, 0);
        yield new Reply.Refused(reason);
      }
    };
  }

  private void record(Place place, String hash, ModelAnswer answer, long cost, Instant began) {
    String json = JsonMapper.shared().writeValueAsString(answer);
    journal.model(
        place.path(),
        answer.model(),
        hash,
        true,
        json.length() <= LONGEST_RECORDED ? Content.of(json) : null,
        Content.of(summary(place)),
        began,
        answer.tokensIn(),
        answer.tokensOut(),
        cost);
  }

  private static String summary(Place place) {
    Map<String, Object> summary = new TreeMap<>();
    summary.put("prompt", place.prompt());
    summary.put("added", place.delta());
    return JsonMapper.shared().writeValueAsString(summary);
  }

  private static Optional<Reply> read(Step step) {
    Content result = step.result();
    if (result == null) {
      return Optional.empty();
    }
    try {
      ModelAnswer answer = JsonMapper.shared().readValue(result.readable(), ModelAnswer.class);
      var used = new TurnLimits.Used(1, step.tokensIn() + step.tokensOut(), step.costMicros());
      return Optional.of(new Reply.Answered(answer, used));
    } catch (JacksonException sealedOrOlder) {
      return Optional.empty();
    }
  }
}
