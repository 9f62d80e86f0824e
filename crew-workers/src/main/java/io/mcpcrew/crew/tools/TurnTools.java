package io.mcpcrew.crew.tools;

import io.mcpcrew.crew.claim.TurnJournal;
import io.mcpcrew.crew.protocol.ApprovalRule;
import io.mcpcrew.crew.protocol.WriteRule;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.EffectClass;
import io.mcpcrew.schemas.contract.Step;
import io.mcpcrew.schemas.contract.StepKind;
import io.mcpcrew.schemas.contract.Tool;
import io.mcpcrew.schemas.contract.Turn;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The tools of one turn: found by capability, called for the turn's account and no other, each
/// call a step of the journal. The account, the key and the token are filled in here, for
/// connectors of ours only; whoever asked never sees them.
public final class TurnTools implements CrewTools {
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofMillis(200),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(4));

  private static final Duration LONGEST_READ = Duration.ofSeconds(12);

  /// How often is looked whether a pause is over.
  private static final Duration LOOKS_AGAIN = Duration.ofMillis(100);

  /// Of one write in one attempt.
  private static final int MOST_CALLS = 3;

  /// How long after a call's end its effect may still come.
  private static final Duration SETTLES = Duration.ofSeconds(8);

  private final Turn turn;
  private final McpCalls.Caller caller;
  private final ToolView view;
  private final McpCalls calls;
  private final TurnJournal journal;
  private final Duration readDeadline;
  private final Duration writeDeadline;
  private final BooleanSupplier paused;
  private final List<Map<String, Object>> found = new CopyOnWriteArrayList<>();
  private final Map<String, String> tried = Collections.synchronizedMap(new LinkedHashMap<>());
  private final Map<String, Answered> reads = new ConcurrentHashMap<>();
  private volatile @Nullable String doing;

  public TurnTools(
      Turn turn,
      McpCalls.Caller caller,
      ToolView view,
      McpCalls calls,
      TurnJournal journal,
      Duration readDeadline,
      Duration writeDeadline,
      BooleanSupplier paused) {
    this.turn = turn;
    this.caller = caller;
    this.view = view;
    this.calls = calls;
    this.journal = journal;
    this.readDeadline = readDeadline;
    this.writeDeadline = writeDeadline;
    this.paused = paused;
  }

  @Override
  public Answered call(String path, String capability, Map<String, Object> arguments) {
    journal.goOn();
    Optional<ToolView.Offer> offer = view.find(turn.turn().account(), capability);
    Instant began = journal.now();
    if (offer.isEmpty()) {
      String reason = "nobody offers " + capability;
      journal.step(path, StepKind.TOOL, capability, "", false, null, Content.of(reason), began);
      return new Answered.Failed(reason);
    }
    return call(path, offer.get(), arguments, began);
  }

  @Override
  public Answered read(String path, String capability, Map<String, Object> arguments) {
    boolean reads =
        view.find(turn.turn().account(), capability)
            .map(offer -> offer.tool().effect() == EffectClass.READ)
            .orElse(true);
    return reads
        ? call(path, capability, arguments)
        : new Answered.Failed(capability + " does more than read");
  }

  /// Calls a tool that the turn's account is offered.
  public Answered call(String path, ToolView.Offer offer, Map<String, Object> arguments) {
    journal.goOn();
    return call(path, offer, arguments, journal.now());
  }

  private Answered call(
      String path, ToolView.Offer offer, Map<String, Object> arguments, Instant began) {
    String hash = hash(arguments);
    doing = offer.tool().capability();
    Answered answer =
        offer.tool().effect() == EffectClass.READ
            ? read(path, offer, arguments, hash, began)
            : write(path, offer, arguments, hash, began);
    tried.put(path, offer.tool().name() + ": " + summary(answer));
    if (answer instanceof Answered.Result(Map<String, Object> structured)) {
      found.add(structured);
    }
    return answer;
  }

  /// What the turn's account is offered.
  public List<ToolView.Offer> offers() {
    return view.offers(turn.turn().account());
  }

  /// The capability that was asked for last, for who is to be told what is being done.
  public Optional<String> doing() {
    return Optional.ofNullable(doing);
  }

  /// What tools have answered in this turn so far.
  public List<Map<String, Object>> found() {
    return List.copyOf(found);
  }

  /// The record of the turn to which these calls belong.
  public TurnJournal journal() {
    return journal;
  }

  @Override
  public List<String> tried() {
    synchronized (tried) {
      return List.copyOf(tried.values());
    }
  }

  @Override
  public boolean remembers() {
    return true;
  }

  /// What this attempt or one before has read is not read again: all shall come to the same. A read
  /// that got no answer is not tried again in this attempt.
  private Answered read(
      String path,
      ToolView.Offer offer,
      Map<String, Object> arguments,
      String hash,
      Instant began) {
    String place = path + " " + hash;
    Optional<Answered> before =
        Optional.ofNullable(reads.get(place))
            .or(() -> journal.recorded(path, hash).flatMap(RecordedResults::of));
    if (before.isPresent()) {
      return before.get();
    }
    Answered answer = patiently(offer, offer.tool(), filledIn(offer, path, arguments));
    if (Thread.currentThread().isInterrupted()) {
      // Cut off, so nobody knows what it would have answered.
      return answer;
    }
    reads.put(place, answer);
    record(path, offer, hash, answer, began);
    return answer;
  }

  /// Does what the log allows: calls, uses what is known, asks whether it happened, or leaves it to
  /// a person.
  ///
  /// @throws AwaitsApproval when a person has to approve it first
  /// @throws IllegalStateException when the system does not answer; another attempt may find it
  ///   better
  private Answered write(
      String path,
      ToolView.Offer offer,
      Map<String, Object> arguments,
      String hash,
      Instant began) {
    if (ApprovalRule.isNeeded(turn, path, hash)) {
      throw new AwaitsApproval(WantedWrites.of(offer.tool(), path, hash, arguments));
    }
    EffectClass effect = offer.tool().effect();
    for (int calls = 0; calls < MOST_CALLS; calls++) {
      switch (journal.next(path, hash, effect, offer.check() != null)) {
        case WriteRule.Next.Known(Step step) -> {
          return RecordedResults.of(step).orElseGet(() -> new Answered.Result(Map.of()));
        }
        case WriteRule.Next.Person(String reason) -> {
          return new Answered.Failed(reason);
        }
        case WriteRule.Next.Ask _ -> {
          if (happened(path, offer, hash, began) instanceof Answered.Result found) {
            return found;
          }
        }
        case WriteRule.Next.Call _ -> {}
      }
      Answered answer;
      String url = url(offer.urls());
      try (var _ = placeWhileNotPaused(url, offer.tool())) {
        journal.goOn();
        journal.announce(path, offer.tool().name(), hash, effect, writeDeadline);
        answer = called(url, offer.tool(), filledIn(offer, path, arguments));
      }
      if (!(answer instanceof Answered.Failed)) {
        record(path, offer, hash, answer, began);
        return answer;
      }
    }
    throw new IllegalStateException(offer.tool().name() + " does not answer");
  }

  /// Only what has a place is announced: an announced call leaves at once.
  ///
  /// @throws IllegalStateException when there was none in the customer's time
  private McpCalls.Place placeWhileNotPaused(String url, Tool tool) {
    while (true) {
      awaitEndOfPause();
      McpCalls.Place place =
          calls
              .place(url, customersTime())
              .orElseThrow(() -> new IllegalStateException(busy(tool)));
      if (!paused.getAsBoolean()) {
        return place;
      }
      place.close();
    }
  }

  private Duration customersTime() {
    Duration left = Duration.between(journal.now(), turn.deadline());
    return left.isPositive() ? left : readDeadline;
  }

  private static String busy(Tool tool) {
    return tool.name() + " had too much to do";
  }

  /// While the account is paused nothing is written that was not on its way. The turn waits, and
  /// whoever gives it up meanwhile says so, at its deadline at the latest.
  private void awaitEndOfPause() {
    while (paused.getAsBoolean()) {
      journal.goOn();
      if (!slept(LOOKS_AGAIN)) {
        throw new IllegalStateException("interrupted while the account was paused");
      }
    }
  }

  /// Asks whether a write happened, when its call is certainly over and has had time to show. No
  /// records are the answer that it did not.
  private Answered happened(String path, ToolView.Offer offer, String hash, Instant began) {
    if (!slept(SETTLES)) {
      throw new IllegalStateException("interrupted before a write was looked for");
    }
    Tool check = Objects.requireNonNull(offer.check());
    Map<String, Object> which =
        Map.of("account_id", turn.turn().account().value(), "idempotency_key", journal.key(path));
    Answered answer = patiently(offer, check, which);
    if (!(answer instanceof Answered.Result(Map<String, Object> structured))) {
      throw new IllegalStateException(check.name() + " does not say whether it happened");
    }
    boolean found = structured.get("records") instanceof List<?> records && !records.isEmpty();
    if (found) {
      record(path, offer, hash, answer, began);
      return answer;
    }
    return new Answered.Declined("it did not happen");
  }

  private void record(
      String path, ToolView.Offer offer, String hash, Answered answer, Instant began) {
    journal.step(
        path,
        StepKind.TOOL,
        offer.tool().name(),
        hash,
        answer instanceof Answered.Result,
        RecordedResults.toRecord(answer),
        Content.of(summary(answer)),
        began);
  }

  /// A read that got no answer is asked again for a while, at another replica if there is one: a
  /// connector that is just being started again costs a customer seconds and not the answer.
  private Answered patiently(ToolView.Offer offer, Tool tool, Map<String, Object> arguments) {
    long began = System.nanoTime();
    Answered answer = once(offer, tool, arguments);
    for (Duration pause : PAUSES) {
      boolean enough = System.nanoTime() - began > LONGEST_READ.toNanos();
      if (!(answer instanceof Answered.Failed) || enough || !slept(pause)) {
        return answer;
      }
      answer = once(offer, tool, arguments);
    }
    return answer;
  }

  private Answered once(ToolView.Offer offer, Tool tool, Map<String, Object> arguments) {
    String url = url(offer.urls());
    try (var place = calls.place(url, customersTime()).orElse(null)) {
      return place == null ? new Answered.Failed(busy(tool)) : called(url, tool, arguments);
    }
  }

  private Answered called(String url, Tool tool, Map<String, Object> arguments) {
    Duration deadline = tool.effect() == EffectClass.READ ? readDeadline : writeDeadline;
    return calls.call(url, caller, tool.remoteName(), arguments, deadline);
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

  /// Equal for equal arguments, in every attempt.
  public static String hash(Map<String, Object> arguments) {
    try {
      byte[] bytes = new TreeMap<>(arguments).toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 8);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
