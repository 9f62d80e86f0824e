package io.mcpcrew.crew.tools;

import io.mcpcrew.crew.claim.TurnJournal;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.EffectClass;
import io.mcpcrew.schemas.contract.StepKind;
import io.mcpcrew.schemas.contract.Turn;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/// The tools of one turn: found by capability, called for the turn's account and no other, each
/// call a step of the journal. The account, the key and the token are filled in here, for
/// connectors of ours only; whoever asked never sees them.
public final class TurnTools {
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofMillis(200),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(4));

  private static final Duration LONGEST_READ = Duration.ofSeconds(12);

  private final Turn turn;
  private final McpCalls.Caller caller;
  private final ToolView view;
  private final McpCalls calls;
  private final TurnJournal journal;
  private final Duration readDeadline;
  private final Duration writeDeadline;

  public TurnTools(
      Turn turn,
      McpCalls.Caller caller,
      ToolView view,
      McpCalls calls,
      TurnJournal journal,
      Duration readDeadline,
      Duration writeDeadline) {
    this.turn = turn;
    this.caller = caller;
    this.view = view;
    this.calls = calls;
    this.journal = journal;
    this.readDeadline = readDeadline;
    this.writeDeadline = writeDeadline;
  }

  /// @param path the place of the call in the turn, the same in every attempt
  public Answered call(String path, String capability, Map<String, Object> arguments) {
    Optional<ToolView.Offer> offer = view.find(turn.turn().account(), capability);
    Instant began = journal.now();
    if (offer.isEmpty()) {
      String reason = "nobody offers " + capability;
      journal.step(path, StepKind.TOOL, capability, "", false, Content.of(reason), began);
      return new Answered.Failed(reason);
    }
    return call(path, offer.get(), arguments, began);
  }

  private Answered call(
      String path, ToolView.Offer offer, Map<String, Object> arguments, Instant began) {
    String hash = hash(arguments);
    EffectClass effect = offer.tool().effect();
    if (effect != EffectClass.READ) {
      if (turn.attempt() > 1) {
        // Whether an earlier attempt's write happened is for a person to find out.
        return new Answered.Failed(offer.tool().name() + " may have been called before");
      }
      journal.announce(path, offer.tool().name(), hash, effect, writeDeadline);
    }
    Answered answer = answered(offer, filledIn(offer, path, arguments));
    journal.step(
        path,
        StepKind.TOOL,
        offer.tool().name(),
        hash,
        answer instanceof Answered.Result,
        Content.of(summary(answer)),
        began);
    return answer;
  }

  /// A read that got no answer is asked again for a while, at another replica if there is one: a
  /// connector that is just being started again costs a customer seconds and not the answer.
  private Answered answered(ToolView.Offer offer, Map<String, Object> arguments) {
    long began = System.nanoTime();
    Answered answer = once(offer, arguments);
    if (offer.tool().effect() != EffectClass.READ) {
      return answer;
    }
    for (Duration pause : PAUSES) {
      boolean enough = System.nanoTime() - began > LONGEST_READ.toNanos();
      if (!(answer instanceof Answered.Failed) || enough || !slept(pause)) {
        return answer;
      }
      answer = once(offer, arguments);
    }
    return answer;
  }

  private Answered once(ToolView.Offer offer, Map<String, Object> arguments) {
    return calls.call(
        url(offer.urls()), caller, offer.tool().remoteName(), arguments, deadline(offer));
  }

  private Duration deadline(ToolView.Offer offer) {
    return offer.tool().effect() == EffectClass.READ ? readDeadline : writeDeadline;
  }

  private static boolean slept(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Map<String, Object> filledIn(
      ToolView.Offer offer, String path, Map<String, Object> arguments) {
    if (!offer.ours()) {
      return arguments;
    }
    Map<String, Object> all = new TreeMap<>(arguments);
    all.put("account_id", turn.turn().account().value());
    if (offer.tool().effect() != EffectClass.READ) {
      all.put("idempotency_key", journal.key(path));
    }
    return all;
  }

  private static String url(List<String> urls) {
    return urls.get(ThreadLocalRandom.current().nextInt(urls.size()));
  }

  private static String summary(Answered answer) {
    return switch (answer) {
      case Answered.Result(Map<String, Object> structured) ->
          structured.get("records") instanceof List<?> records
              ? records.size() + (records.size() == 1 ? " record" : " records")
              : "answered";
      case Answered.Declined(String reason) -> reason;
      case Answered.Failed(String reason) -> reason;
    };
  }

  private static String hash(Map<String, Object> arguments) {
    try {
      byte[] bytes = new TreeMap<>(arguments).toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 8);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
