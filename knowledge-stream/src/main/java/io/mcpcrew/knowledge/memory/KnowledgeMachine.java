package io.mcpcrew.knowledge.memory;

import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Dispute;
import io.mcpcrew.schemas.contract.KnowledgeItem;
import io.mcpcrew.schemas.contract.Observation;
import io.mcpcrew.schemas.contract.SourceClass;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is held, what was observed and the time decide what is held next. Pure: the same log gives
/// the same versions.
///
/// Guaranteed: versions are counted from 1 and never go back; within a version confirmations never
/// shrink; the same observation never counts twice; a closed version is never opened again.
public final class KnowledgeMachine {
  /// A price is seen at every turn that asks for it, perhaps hundreds of times a minute, and each
  /// time only a counter changes that nobody decides by. The counter is kept exactly in the state;
  /// the log, and whoever follows it, hears of it once a minute.
  static final Duration BETWEEN_CONFIRMATIONS = Duration.ofMinutes(1);

  /// How far a writer's clock may be ahead. An observation from next year would be newer than every
  /// true one until then.
  static final Duration CLOCK_AHEAD = Duration.ofMinutes(5);

  static final int LONGEST_NAME = 256;

  private KnowledgeMachine() {}

  /// @param now when the log took the observation in
  public static Decision decide(@Nullable Held held, Observation observation, Instant now) {
    Optional<Decision.Refused> refused = refusal(observation, now);
    if (refused.isPresent()) {
      return refused.get();
    }
    if (held == null) {
      return new Decision.Opened(opened(1, observation, now, List.of()));
    }
    if (held.seen().contains(observation.observationId())) {
      return new Decision.Ignored(held, "this observation was seen before");
    }
    if (observation.observedAt().isBefore(held.observedAt())) {
      return new Decision.Ignored(held, "it is older than what is held");
    }
    // The log's clock may be set back; a version's times are not.
    Instant then = later(now, held.item().recordedFrom());
    if (!held.isOpen()) {
      return reopened(held, observation, then);
    }
    return saysTheSame(held.item(), observation)
        ? agreed(held, observation, then)
        : contradicted(held, observation, then);
  }

  /// Closes what nobody has confirmed for as long as its kind keeps; empty when its time has not
  /// come.
  public static Optional<Held> expire(Held held, Duration life, Instant now) {
    Instant due = due(held, life);
    if (!held.isOpen() || now.isBefore(due)) {
      return Optional.empty();
    }
    Instant then = later(now, held.item().recordedFrom());
    return Optional.of(held.with(closed(held.item(), due, then)).announced(then));
  }

  /// When what is held has run out, if nobody sees it again.
  public static Instant due(Held held, Duration life) {
    return held.observedAt().plus(life);
  }

  // ------------------------------------------------------------------ who may say what

  private static Optional<Decision.Refused> refusal(Observation observation, Instant now) {
    if (observation.sourceClass() == SourceClass.UNKNOWN) {
      return refused("unknown_source", "this release does not know how far to believe the source");
    }
    if (!isName(observation.key())
        || (observation.subject() != null && !isName(observation.subject()))) {
      return refused(
          "bad_name", "a key and a subject have 1 to %d characters".formatted(LONGEST_NAME));
    }
    if (!(observation.confidence() >= 0 && observation.confidence() <= 1)) {
      return refused("bad_confidence", "confidence is between 0 and 1");
    }
    if (observation.observedAt().isAfter(now.plus(CLOCK_AHEAD))) {
      return refused("from_the_future", "it was observed later than it was written");
    }
    return Trust.isPersonal(observation.sourceClass()) ? personal(observation) : Optional.empty();
  }

  private static Optional<Decision.Refused> personal(Observation observation) {
    if (observation.subject() == null) {
      return refused(
          "no_subject",
          "what a customer or a model says is about one contact, and this names none; it becomes everybody's only by a person's approval");
    }
    if (Trust.isBinding(observation)) {
      return refused(
          "not_its_to_say", "what a customer or a model says supports no price and no promise");
    }
    return Optional.empty();
  }

  private static Optional<Decision.Refused> refused(String code, String reason) {
    return Optional.of(new Decision.Refused(code, reason));
  }

  private static boolean isName(String text) {
    return !text.isBlank() && text.length() <= LONGEST_NAME;
  }

  // ------------------------------------------------------------------ the same, or something else

  private static Decision reopened(Held held, Observation observation, Instant now) {
    return new Decision.Opened(opened(held.item().version() + 1, observation, now, held.seen()));
  }

  private static Decision agreed(Held held, Observation observation, Instant now) {
    SourceClass ours = held.item().sourceClass();
    if (Trust.isStronger(observation.sourceClass(), ours)) {
      // The words are the same, what they support is not.
      return superseded(held, observation, now);
    }
    Held after = held.with(confirmed(held.item())).sawObservation(observation.observationId());
    if (observation.sourceClass() == ours) {
      // An echo from a weaker source counts, but does not make what is held any fresher.
      after = after.observed(observation.observedAt());
    }
    boolean isAnnounced = !now.isBefore(held.announcedAt().plus(BETWEEN_CONFIRMATIONS));
    return new Decision.Confirmed(isAnnounced ? after.announced(now) : after, isAnnounced);
  }

  private static Decision contradicted(Held held, Observation observation, Instant now) {
    if (mayReplace(held.item(), observation)) {
      return superseded(held, observation, now);
    }
    Held saw = held.sawObservation(observation.observationId());
    String claim = mark(observation);
    if (held.disputed().contains(claim)) {
      return new Decision.Ignored(saw, "a person has been asked about this claim already");
    }
    var dispute =
        new Dispute(
            observation.account(),
            observation.type(),
            observation.key(),
            held.item(),
            observation,
            now);
    return new Decision.Disputed(saw.handedToAPerson(claim), dispute);
  }

  /// A stronger source decides; the system of record is believed about its own changes, and so is
  /// any source that corrects itself. Everything else is for a person.
  private static boolean mayReplace(KnowledgeItem held, Observation observation) {
    SourceClass claims = observation.sourceClass();
    boolean correctsItself =
        claims == held.sourceClass() && observation.source().equals(held.source());
    return Trust.isStronger(claims, held.sourceClass())
        || claims == SourceClass.SYSTEM_OF_RECORD
        || correctsItself;
  }

  private static Decision superseded(Held held, Observation observation, Instant now) {
    KnowledgeItem before = closed(held.item(), observation.observedAt(), now);
    return new Decision.Superseded(
        before, opened(before.version() + 1, observation, now, held.seen()));
  }

  /// Sealed texts are compared as they are sealed: without the key nobody can say more.
  private static boolean saysTheSame(KnowledgeItem item, Observation observation) {
    return item.text().equals(observation.text()) && item.fields().equals(observation.fields());
  }

  // ------------------------------------------------------------------ versions

  private static Held opened(long version, Observation o, Instant now, List<String> seen) {
    var item =
        new KnowledgeItem(
            o.account(),
            o.type(),
            o.key(),
            o.subject(),
            version,
            o.sourceClass(),
            o.source(),
            o.text(),
            o.fields(),
            o.confidence(),
            0,
            o.observedAt(),
            null,
            now,
            null);
    return new Held(item, o.observedAt(), now, seen, List.of()).sawObservation(o.observationId());
  }

  private static KnowledgeItem closed(KnowledgeItem item, Instant validTo, Instant recordedTo) {
    return copy(item, item.confirmations(), later(validTo, item.validFrom()), recordedTo);
  }

  private static KnowledgeItem confirmed(KnowledgeItem item) {
    return copy(item, item.confirmations() + 1, item.validTo(), item.recordedTo());
  }

  private static KnowledgeItem copy(
      KnowledgeItem item,
      long confirmations,
      @Nullable Instant validTo,
      @Nullable Instant recordedTo) {
    return new KnowledgeItem(
        item.account(),
        item.type(),
        item.key(),
        item.subject(),
        item.version(),
        item.sourceClass(),
        item.source(),
        item.text(),
        item.fields(),
        item.confidence(),
        confirmations,
        item.validFrom(),
        validTo,
        item.recordedFrom(),
        recordedTo);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /// The claim without who made it and when, so that the same claim is one question to a person.
  private static String mark(Observation observation) {
    String text =
        switch (observation.text()) {
          case Content.Plain plain -> plain.text();
          case Content.Sealed sealed -> sealed.keyId() + sealed.cipher();
        };
    String claim = text + "\n" + new TreeMap<>(observation.fields());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(claim.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
