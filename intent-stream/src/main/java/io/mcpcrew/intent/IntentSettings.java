package io.mcpcrew.intent;

import io.mcpcrew.intent.conversation.Rules;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator may set for the conversation.
///
/// @param applicationId names the state; another name begins with none
/// @param stateDir where the state is kept between starts; it is restored from the log when it is
///   lost
/// @param threads of streams; one per core is enough
/// @param tick how often time may become an event, while something waits for it
/// @param lease how long a worker may be silent before its turn is given to another: longer than
///   `crew.lease`, by a quarter of a second more than clocks may differ
/// @param deadline by when a customer must have heard something; then a person takes over
/// @param attempts of a turn that may fail, before a person takes over
/// @param losses how often a turn may be lost with its worker, failed attempts counted too, before
///   a person takes over; at least as many as attempts
/// @param backOff after a failed attempt, times the attempt
/// @param places how many turns of one account may be worked at once; more wait
/// @param replyLife after which a released reply is no longer posted
/// @param forgetAfter how long nothing must have happened in a conversation before its state is
///   removed; at least a day, and twice as long as a reply lives
/// @param address `host:port` at which the other instances' callers reach this one; needed when
///   there are several
/// @param standbys how many other instances keep a copy of each state, to take over at once: 1
///   where there are several
/// @param accountsMeasured how many accounts, the busiest, are measured by name; the rest are one
@ConfigurationProperties("intent")
public record IntentSettings(
    @DefaultValue("mcp-crew-intent") String applicationId,
    @DefaultValue(".crew/intent-stream") Path stateDir,
    @DefaultValue("1") int threads,
    @DefaultValue("50ms") Duration tick,
    @DefaultValue("8s") Duration lease,
    @DefaultValue("90s") Duration deadline,
    @DefaultValue("4") int attempts,
    @DefaultValue("12") int losses,
    @DefaultValue("1s") Duration backOff,
    @DefaultValue("200") int places,
    @DefaultValue("6h") Duration replyLife,
    @DefaultValue("30d") Duration forgetAfter,
    @DefaultValue("") String address,
    @DefaultValue("0") int standbys,
    @DefaultValue("50") int accountsMeasured) {

  public IntentSettings {
    if (lease.compareTo(Duration.ofSeconds(4)) < 0) {
      throw new IllegalArgumentException(
          "intent.lease must be at least 4s: workers give a sign every 2 s");
    }
    if (attempts < 1) {
      throw new IllegalArgumentException("intent.attempts must be at least 1");
    }
    if (losses < attempts) {
      throw new IllegalArgumentException("intent.losses must be at least intent.attempts");
    }
    if (places < 1) {
      throw new IllegalArgumentException("intent.places must be at least 1");
    }
    if (!address.isEmpty() && !address.matches("[^:/\\s]+:\\d{1,5}")) {
      throw new IllegalArgumentException("intent.address is host:port, not " + address);
    }
    if (standbys < 0 || accountsMeasured < 0) {
      throw new IllegalArgumentException(
          "intent.standbys and intent.accounts-measured are numbers from 0 on");
    }
    if (forgetAfter.compareTo(Duration.ofDays(1)) < 0
        || forgetAfter.compareTo(replyLife.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "intent.forget-after must be at least a day, and twice intent.reply-life");
    }
    if (deadline.compareTo(lease) <= 0) {
      throw new IllegalArgumentException("intent.deadline must be longer than intent.lease");
    }
  }

  Rules.Limits limits() {
    return new Rules.Limits(
        lease, deadline, attempts, losses, backOff, places, replyLife, forgetAfter);
  }
}
