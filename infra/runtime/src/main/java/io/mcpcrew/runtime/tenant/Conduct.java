package io.mcpcrew.runtime.tenant;

import io.mcpcrew.schemas.contract.Autonomy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How the agent behaves in an account: how much it may do where, when a person has the word, what
/// stops it, and whom a wish goes to. Everything has a default, so that settings say only what is
/// different.
public record Conduct(
    List<AutonomyRule> autonomy,
    Presence presence,
    Brakes brakes,
    Opening opening,
    List<Route> routes,
    Patience patience,
    Handover handover) {
  private static final int MOST = 100;

  /// What holds where the settings say nothing.
  public static final Conduct DEFAULT =
      new Conduct(
          List.of(),
          new Presence(PresenceMode.PENDING, Map.of(), Set.of("sem-bot")),
          new Brakes(12, 3),
          new Opening(List.of(), Set.of()),
          List.of(),
          new Patience(Duration.ofMinutes(30), null, null, Duration.ofHours(24)),
          new Handover(true, List.of()));

  public Conduct {
    autonomy = List.copyOf(autonomy);
    routes = List.copyOf(routes);
    atMost(autonomy, "rules of autonomy");
    atMost(routes, "routes");
  }

  private static void atMost(List<?> list, String what) {
    if (list.size() > MOST) {
      throw new IllegalArgumentException(
          "%d %s; %d are allowed".formatted(list.size(), what, MOST));
    }
  }

  /// How much the agent may do in an inbox, for an intent, or for an intent in an inbox. The first
  /// rule that fits counts.
  ///
  /// @param inbox null for every inbox
  /// @param intent `order.cancel`, `order.*` for all that begin so, null for every intent
  public record AutonomyRule(@Nullable String inbox, @Nullable String intent, Autonomy autonomy) {
    public AutonomyRule {
      if (autonomy == Autonomy.UNKNOWN) {
        throw new IllegalArgumentException(
            "autonomy is one of OFF, WATCH, SUGGEST, CONFIRM, ANSWER");
      }
    }

    boolean fits(String inInbox, @Nullable String forIntent) {
      return (inbox == null || inbox.equals(inInbox)) && (intent == null || isOf(forIntent));
    }

    private boolean isOf(@Nullable String name) {
      if (name == null || intent == null) {
        return false;
      }
      return intent.endsWith("*")
          ? name.startsWith(intent.substring(0, intent.length() - 1))
          : name.equals(intent);
    }
  }

  /// When a person has the word, so that the agent is silent.
  public enum PresenceMode {
    /// While the channel says that the conversation is open or snoozed, or somebody is assigned.
    PENDING,
    /// Once a person has written.
    WRITES,
    /// While somebody is assigned.
    ASSIGNED
  }

  /// In every mode a person's message silences the agent, until the conversation is given back.
  ///
  /// @param everywhere in inboxes that `inboxes` does not name
  /// @param silentLabels labels of a conversation in which the agent says nothing
  public record Presence(
      PresenceMode everywhere, Map<String, PresenceMode> inboxes, Set<String> silentLabels) {
    public Presence {
      inboxes = Map.copyOf(inboxes);
      silentLabels = Set.copyOf(silentLabels);
    }

    public PresenceMode of(String inbox) {
      return inboxes.getOrDefault(inbox, everywhere);
    }
  }

  /// What stops an agent that talks too much.
  ///
  /// @param repliesPerHour in one conversation; the next one is a person's
  /// @param sameText so often in a row, within an hour, is a machine's
  public record Brakes(int repliesPerHour, int sameText) {
    public Brakes {
      if (repliesPerHour < 1 || repliesPerHour > 60 || sameText < 2) {
        throw new IllegalArgumentException(
            "brakes need 1 to 60 replies_per_hour and a same_text of 2 or more");
      }
    }
  }

  /// A way for turns that meet a condition. The first that does counts.
  ///
  /// @param crew works it instead of the intent's own
  /// @param urgent before others
  /// @param deadline by when the customer must have heard something
  /// @param person hands over at once
  public record Route(
      Condition when,
      @Nullable String crew,
      boolean urgent,
      @Nullable Duration deadline,
      boolean person) {
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(30);

    public Route {
      if (deadline != null
          && (deadline.compareTo(SHORTEST) < 0 || deadline.compareTo(LONGEST) > 0)) {
        throw new IllegalArgumentException("a route's deadline is 10 seconds to 30 minutes");
      }
    }
  }

  /// Whom a conversation goes to that a person must go on with.
  ///
  /// @param assign to somebody who is online; otherwise it is opened for all
  /// @param teams the first that fits; a crew's own if none does
  public record Handover(boolean assign, List<TeamRule> teams) {
    public Handover {
      teams = List.copyOf(teams);
      atMost(teams, "rules of teams");
    }

    /// By the channel's name of it.
    public Optional<String> team(String intent, String language) {
      return teams.stream()
          .filter(rule -> rule.fits(intent, language))
          .map(TeamRule::team)
          .findFirst();
    }
  }

  /// A team for an intent, for a language, or for an intent in a language.
  ///
  /// @param intent as in [AutonomyRule]
  /// @param language `pt`, `en`, `es`; null for every one
  /// @param team by the channel's name of it
  public record TeamRule(@Nullable String intent, @Nullable String language, String team) {
    public TeamRule {
      if (team.isBlank()) {
        throw new IllegalArgumentException("a rule of teams needs the team's name");
      }
    }

    boolean fits(String ofIntent, String inLanguage) {
      return (language == null || language.equals(inLanguage))
          && new AutonomyRule(null, intent, Autonomy.OFF).fits("", ofIntent);
    }
  }

  /// How long somebody is waited for.
  ///
  /// @param person how long a customer waits for a person before both are told
  /// @param followUp after the agent's answer, when the customer is asked whether anything is left;
  ///   null for never
  /// @param close after the last word, when the conversation is resolved; null for never
  /// @param approval how long a person is waited for who is to approve a write
  public record Patience(
      Duration person, @Nullable Duration followUp, @Nullable Duration close, Duration approval) {
    /// The log keeps what an approval goes on with for longer.
    private static final Duration LONGEST_APPROVAL = Duration.ofDays(14);

    public Patience {
      if (Stream.of(person, followUp, close, approval)
          .anyMatch(t -> t != null && !t.isPositive())) {
        throw new IllegalArgumentException("patience needs times longer than zero");
      }
      if (approval.compareTo(LONGEST_APPROVAL) > 0) {
        throw new IllegalArgumentException("an approval is waited for 14 days at most");
      }
    }
  }
}
