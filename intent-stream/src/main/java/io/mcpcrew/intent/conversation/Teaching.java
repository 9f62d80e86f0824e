package io.mcpcrew.intent.conversation;

import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.KnowledgeType;
import io.mcpcrew.schemas.contract.AuditEntry;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.Line;
import io.mcpcrew.schemas.contract.Observation;
import io.mcpcrew.schemas.contract.Reason;
import io.mcpcrew.schemas.contract.ReplyKind;
import io.mcpcrew.schemas.contract.SourceClass;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What people of the company teach the agent: something about the company, or what would have been
/// right where the agent was wrong. The customer reads the right answer as the agent's.
final class Teaching {
  static final KnowledgeType FACT = new KnowledgeType("COMPANY_FACT");
  static final KnowledgeType ANSWER = new KnowledgeType("COMPANY_ANSWER");

  private static final double SURE = 1;

  private final Instant now;
  private final Replies replies;
  private final NoteTexts texts;

  Teaching(Rules rules, Instant now) {
    this.now = now;
    this.replies = new Replies(rules, now);
    this.texts = NoteTexts.in(rules.tenant().document().language());
  }

  Decision teach(ConversationState state, ConversationEvent event, String fact) {
    Observation seen =
        observation(state, event, FACT, Digest.of(fact), SourceClass.COMPANY_PERSON, fact);
    return new Decision(
        state,
        List.of(
            note(state, texts.taught()),
            new Command.Observe(seen),
            audit(state, event, "knowledge.teach", seen)),
        List.of(reason(event, "teaches", seen)));
  }

  /// What the agent said last is what is wrong; what the customer said before it is what was asked.
  /// The same question, corrected again, is the same knowledge.
  Decision correct(ConversationState state, ConversationEvent event, String right) {
    int wrong = lastOf(state.history(), state.history().size(), Author.OUR_AGENT);
    if (wrong < 0) {
      return new Decision(
          state,
          List.of(note(state, texts.nothingToCorrect())),
          List.of(new Reason("release", "a person's note is answered")));
    }
    int asked = lastOf(state.history(), wrong, Author.CUSTOMER);
    String question = asked < 0 ? "" : state.history().get(asked).text().readable();
    Observation seen =
        observation(
            state,
            event,
            ANSWER,
            Digest.of(question),
            SourceClass.CORRECTION,
            question.isEmpty() ? right : question + "\n→ " + right);
    Content text = Content.of(right);
    ConversationState said =
        States.suggested(
            States.history(state, List.of(new Line(Author.OUR_AGENT, text, now))), null);
    Command reply =
        new Command.Release(
            replies.ofConversation(
                state, ReplyKind.REPLY, "corrected/" + state.sequence(), List.of(text), null));
    String conversation = state.conversation().conversation();
    return new Decision(
        Speaking.spoke(said, now),
        List.of(
            reply,
            note(state, texts.corrected().formatted(conversation)),
            new Command.Observe(seen),
            audit(state, event, "knowledge.correct", seen)),
        List.of(reason(event, "corrects the agent with", seen)));
  }

  private static int lastOf(List<Line> lines, int before, Author author) {
    for (int i = before - 1; i >= 0; i--) {
      if (lines.get(i).author() == author) {
        return i;
      }
    }
    return -1;
  }

  private Observation observation(
      ConversationState state,
      ConversationEvent event,
      KnowledgeType type,
      String key,
      SourceClass source,
      String text) {
    return new Observation(
        "%s/note/%d".formatted(state.conversation(), state.sequence()),
        state.conversation().account(),
        type,
        key,
        null,
        source,
        "person %s in %s".formatted(Notes.person(event), state.conversation()),
        Content.of(text),
        Map.of(),
        SURE,
        now);
  }

  private Command note(ConversationState state, String text) {
    return new Command.Release(
        replies.ofConversation(
            state, ReplyKind.NOTE, "note/" + state.sequence(), List.of(Content.of(text)), null));
  }

  private Command audit(
      ConversationState state, ConversationEvent event, String action, Observation seen) {
    return new Command.Audit(
        new AuditEntry(
            state.conversation().account(),
            "intent-stream",
            Notes.person(event),
            "agent",
            action,
            "%s/%s".formatted(seen.type(), seen.key()),
            true,
            state.conversation().toString(),
            null,
            now));
  }

  private static Reason reason(ConversationEvent event, String does, Observation seen) {
    return new Reason(
        "knowledge",
        "person %s %s %s/%s".formatted(Notes.person(event), does, seen.type(), seen.key()));
  }
}
