package io.mcpcrew.crew;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator may set for workers.
///
/// @param places turns at once in this worker, once it has ended as many; at least the 500 that a
///   poll may bring
/// @param placesPerAccount of these for one account, so that one cannot take them all
/// @param callsPerServer calls at once of one server of tools; what comes on top waits for its
///   turn, and its time begins when it is called
/// @param lease no write leaves later than this after the last sign; shorter than `intent.lease`,
///   by more than clocks may differ
/// @param sign how often a worker that holds turns gives a sign of life
/// @param toolDeadline of a call that only reads
/// @param writeDeadline of a call that writes; a turn whose worker was lost waits for it
/// @param publisher whether this worker also posts replies
/// @param postDeadline of one request to a channel
/// @param postSettles how long after a request without an answer the channel may still act on it; a
///   reply is looked for again only then. Chatwoot ends requests after 15 s
/// @param holdingAfter how old a turn is when the customer is told that it is being worked
/// @param typingAfter how long a turn is worked before the customer is shown that somebody types; a
///   quick answer needs no such sign
/// @param stateDir a folder of this machine, of this worker alone, that is there again when the
///   worker is started again (in Kubernetes an `emptyDir`): what a killed worker held is then given
///   on as soon as it is back, not after `intent.lease`. Empty for none
@ConfigurationProperties("crew")
public record CrewSettings(
    @DefaultValue("5000") int places,
    @DefaultValue("500") int placesPerAccount,
    @DefaultValue("1000") int callsPerServer,
    @DefaultValue("6s") Duration lease,
    @DefaultValue("2s") Duration sign,
    @DefaultValue("10s") Duration toolDeadline,
    @DefaultValue("3s") Duration writeDeadline,
    @DefaultValue("true") boolean publisher,
    @DefaultValue("5s") Duration postDeadline,
    @DefaultValue("10s") Duration postSettles,
    @DefaultValue("8s") Duration holdingAfter,
    @DefaultValue("300ms") Duration typingAfter,
    @DefaultValue("") String stateDir) {

  private static final int LARGEST_POLL = 500;

  public CrewSettings {
    if (places < LARGEST_POLL) {
      throw new IllegalArgumentException(
          "crew.places must be at least %d: none are asked for without room for as many"
              .formatted(LARGEST_POLL));
    }
    if (placesPerAccount < 1 || callsPerServer < 1) {
      throw new IllegalArgumentException(
          "crew.places-per-account and crew.calls-per-server must be at least 1");
    }
    if (sign.multipliedBy(2).compareTo(lease) > 0) {
      throw new IllegalArgumentException("crew.lease must be at least twice crew.sign");
    }
  }

  Optional<Path> stateFolder() {
    return stateDir.isBlank() ? Optional.empty() : Optional.of(Path.of(stateDir));
  }
}
