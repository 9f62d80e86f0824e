package io.mcpcrew.intent.conversation;

import io.mcpcrew.intent.find.Found;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Answering;
import io.mcpcrew.schemas.contract.Approval;
import io.mcpcrew.schemas.contract.AuditEntry;
import io.mcpcrew.schemas.contract.Autonomy;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.ConversationStatus;
import io.mcpcrew.schemas.contract.Reason;
import io.mcpcrew.schemas.contract.ReplyKind;
import io.mcpcrew.schemas.contract.Suspended;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.WantedWrite;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What becomes of a turn of which a person has to approve a write. While it waits it has neither a
/// place nor a worker. Approved, its next attempt begins with its journal and comes to the same
/// write again, which now may be made, once; what is not approved is never written.
final class Approving {
  private final Rules rules;
  private final Instant now;
  private final Tenant.Document document;
  private final Handovers handovers;
  private final Replies replies;
  private final Speaking speaking;

  Approving(Rules rules, Instant now) {
    this.rules = rules;
    this.now = now;
    this.document = rules.tenant().document();
    this.handovers = new Handovers(rules, now);
    this.replies = new Replies(rules, now);
    this.speaking = new Speaking(rules);
  }

  /// The worker says itself that its attempt is over, so nothing need be fenced.
  Decision suspend(ConversationState state, Answering a, Concluded concluded, Input.Worked worked) {
    WantedWrite wanted = concluded.wanted();
    if (wanted == null || !mayDo(speaking.now(state, a.turn()))) {
      return handovers.handover(
          state,
          a.turn(),
          a.open(),
          Sentences.sorry(a.turn().language()),
          "a write was wanted that may not be made here",
          List.of());
    }
    Turn turn = Turns.fencedAt(a.turn(), worked);
    Instant until = now.plus(document.conduct().patience().approval());
    var suspended = new Suspended(turn, wanted, now, until, a.open(), null, false);
    // Who has heard it for one write of the turn need not hear it for the next.
    List<Content> parts =
        turn.approvals().isEmpty()
            ? List.of(Content.of(ApprovalTexts.oneMoment(turn.language())))
            : List.of();
    String words = turn.messages().isEmpty() ? "" : turn.messages().getLast().text().readable();
    String note =
        ApprovalTexts.asked(
            document.language(),
            wanted,
            turn.approvals().isEmpty() ? "" : " " + number(turn),
            words,
            until.atZone(document.timezone()));
    return new Decision(
        States.phase(state, suspended),
        List.of(
            new Command.Release(
                replies.reply(
                    turn,
                    "%s/approval/%d".formatted(turn.turn(), turn.attempt()),
                    ReplyKind.HANDOVER,
                    parts,
                    Content.of(note)))),
        List.of(
            new Reason(
                "approval", "a person is asked whether %s may be done".formatted(tool(wanted)))));
  }

  /// What a person calls the request by: the turn, and which of its approvals.
  static String number(Turn turn) {
    long of = turn.turn().number();
    int which = turn.approvals().size() + 1;
    return which == 1 ? Long.toString(of) : of + "." + which;
  }

  private static boolean mayDo(Autonomy autonomy) {
    return Speaking.reachesCustomer(autonomy);
  }

  private static String tool(WantedWrite wanted) {
    return "%s at %s".formatted(wanted.tool(), wanted.path());
  }

  /// Somebody decided elsewhere than in the channel. What is said of another approval, or of one
  /// that is decided, changes nothing, so that it may be said twice.
  Decision decided(ConversationState state, io.mcpcrew.schemas.contract.Decision decision) {
    if (!(state.phase() instanceof Suspended s)
        || s.approvedAt() != null
        || !s.approval().equals(decision.approval())) {
      return Decision.idle(state);
    }
    Content text = decision.text();
    return switch (decision.kind()) {
      case APPROVED -> approve(state, s, decision.decidedBy(), decision.decidedAt());
      case DENIED -> deny(state, s, decision.decidedBy(), text == null ? null : text.readable());
      case UNKNOWN, CORRECTED, TAKEN_OVER, GIVEN_BACK, TAUGHT -> Decision.idle(state);
    };
  }

  /// The turn waits for one of the account's places. Who approves leaves the conversation to the
  /// agent, also where it was opened or taken for that.
  ///
  /// @param at when it was decided, by the channel's clock
  Decision approve(ConversationState state, Suspended s, String who, Instant at) {
    WantedWrite wanted = s.wanted();
    if (!mayDo(speaking.forApproval(state, s.turn()))) {
      return ended(
          state,
          s,
          ApprovalTexts.notDone(s.turn().language()),
          ApprovalTexts.notAllowed(document.language(), wanted.title()),
          "what was approved may not be done any more",
          List.of());
    }
    var approval = new Approval(wanted.path(), wanted.tool(), wanted.argumentsHash(), who, now);
    var approved =
        new Suspended(
            Turns.approved(s.turn(), approval),
            wanted,
            s.since(),
            now.plus(rules.limits().deadline()),
            s.open(),
            now,
            s.told());
    boolean givesBack = new Presence(rules).personHas(state).isPresent();
    ConversationState agents =
        givesBack ? States.channelSays(state, ConversationStatus.PENDING, false, false, at) : state;
    String text = ApprovalTexts.approved(document.language(), wanted.title());
    return new Decision(
        States.phase(agents, approved),
        List.of(
            new Command.Release(
                replies.ofConversation(
                    state,
                    givesBack ? ReplyKind.GIVEN_BACK : ReplyKind.NOTE,
                    "approved/" + state.sequence(),
                    List.of(Content.of(text)),
                    null)),
            audit(s, who, "approval.approve")),
        List.of(new Reason("approval", "%s approves %s".formatted(person(who), tool(wanted)))));
  }

  /// The customer hears honestly that it was not done, and the person goes on.
  Decision deny(ConversationState state, Suspended s, String who, @Nullable String reason) {
    String because = "%s denies %s".formatted(person(who), tool(s.wanted()));
    return ended(
        state,
        s,
        ApprovalTexts.notDone(s.turn().language()),
        ApprovalTexts.denied(document.language(), s.wanted().title(), reason),
        because,
        List.of(audit(s, who, "approval.deny")));
  }

  private static String person(String who) {
    return "person " + who;
  }

  private Command audit(Suspended s, String who, String action) {
    return new Command.Audit(
        new AuditEntry(
            s.turn().turn().account(),
            "intent-stream",
            who,
            "agent",
            action,
            s.approval(),
            true,
            s.wanted().tool(),
            null,
            now));
  }

  /// Nobody has answered for as long as the company allows.
  Decision expired(ConversationState state, Suspended s) {
    return ended(
        state,
        s,
        ApprovalTexts.nobodyAnswered(s.turn().language()),
        ApprovalTexts.expired(document.language(), s.wanted().title()),
        "nobody has approved %s in time".formatted(tool(s.wanted())),
        List.of());
  }

  /// What was approved got no place by the deadline.
  Decision noPlace(ConversationState state, Suspended s) {
    return ended(
        state,
        s,
        Sentences.sorry(s.turn().language()),
        ApprovalTexts.noPlace(document.language(), s.wanted().title()),
        "no place within the deadline",
        List.of());
  }

  Suspended waitingUntil(Suspended s, Instant until) {
    return new Suspended(
        s.turn(), s.wanted(), s.since(), until, s.open(), s.approvedAt(), s.told());
  }

  private Decision ended(
      ConversationState state,
      Suspended s,
      String sentence,
      String note,
      String because,
      List<Command> also) {
    Autonomy autonomy = speaking.forApproval(state, s.turn());
    Decision ended =
        handovers.handover(state, autonomy, s.turn(), s.open(), sentence, note, because, List.of());
    List<Command> commands = new ArrayList<>(ended.commands());
    commands.addAll(also);
    return new Decision(ended.state(), commands, ended.reasons());
  }

  /// The place has come: the next attempt, which gets its whole time.
  Decision goOn(ConversationState state, Suspended s) {
    Turn before = Turns.until(s.turn(), now.plus(rules.limits().deadline()));
    Turn turn = Turns.attempt(before, before.attempt() + 1, before.journal());
    return new Decision(
        States.phase(state, new Answering(turn, null, null, s.open(), null)),
        List.of(new Command.Hand(turn, false)),
        List.of(
            new Reason(
                "approval",
                "attempt %d goes on with what was approved".formatted(turn.attempt()))));
  }

  /// What the customer writes meanwhile is the next turn. They are told once that somebody is still
  /// asked; who asks for a person gets one, and nothing is written.
  Decision customerWrote(ConversationState state, Suspended s, String text) {
    Found found = rules.finder().find(List.of(text), rules.tenant(), now);
    if (found.wantsPerson()) {
      String because = "the customer asks for a person";
      return ended(
          state,
          s,
          Sentences.forPerson(found.language()),
          Sentences.note(document.language(), text, because),
          because,
          List.of());
    }
    var reason = new Reason("gather", "waits until a person has decided about the turn before it");
    if (s.told() || s.approvedAt() != null) {
      return new Decision(state, List.of(), List.of(reason));
    }
    var told =
        new Suspended(s.turn(), s.wanted(), s.since(), s.until(), s.open(), s.approvedAt(), true);
    return new Decision(
        States.phase(state, told),
        List.of(
            new Command.Release(
                replies.ofConversation(
                    state,
                    ReplyKind.REPLY,
                    "approval/waits/" + state.sequence(),
                    List.of(Content.of(ApprovalTexts.stillAsking(found.language()))),
                    null))),
        List.of(reason));
  }
}
