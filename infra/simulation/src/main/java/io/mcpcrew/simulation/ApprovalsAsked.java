package io.mcpcrew.simulation;

import io.mcpcrew.intent.conversation.AccountGate.Transitioned;
import io.mcpcrew.intent.conversation.Command;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import io.mcpcrew.schemas.contract.Suspended;
import io.mcpcrew.schemas.contract.Turn;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What persons were asked to approve, and what they did approve.
final class ApprovalsAsked {
  private final Findings findings;
  private final Map<String, Suspended> requests = new HashMap<>();
  private final Set<String> approved = new HashSet<>();

  ApprovalsAsked(Findings findings) {
    this.findings = findings;
  }

  /// What a person is asked for, by the key of the request.
  void asked(Transitioned step, ConversationState after) {
    for (Command command : step.decision().commands()) {
      if (command instanceof Command.Release(ReleasedReply reply)
          && isRequest(reply)
          && after.phase() instanceof Suspended s) {
        findings.count("ASKED_FOR_APPROVAL");
        requests.put(reply.replyKey(), s);
      }
    }
  }

  static boolean isRequest(ReleasedReply reply) {
    return reply.kind() == ReplyKind.HANDOVER && reply.replyKey().contains("/approval/");
  }

  private Suspended request(ReleasedReply reply) {
    return Objects.requireNonNull(requests.get(reply.replyKey()));
  }

  /// What the request says that it is called.
  String number(ReleasedReply request) {
    Turn turn = request(request).turn();
    int which = turn.approvals().size() + 1;
    return turn.turn().number() + (which == 1 ? "" : "." + which);
  }

  /// A person has read the request and is about to approve it.
  void approved(ReleasedReply request) {
    findings.count("APPROVED");
    approved.add(request(request).approval());
  }

  boolean isApproved(TurnId turn, String path, String arguments) {
    return approved.contains("%s/%s#%s".formatted(turn, path, arguments));
  }
}
