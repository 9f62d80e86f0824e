package io.mcpcrew.runtime.tenant;

import io.mcpcrew.runtime.settings.Secret;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.contract.Autonomy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One version of an account's settings.
///
/// @param version names exactly these settings; a turn carries it, so that it is worked with what
///   it was begun with
public record Tenant(AccountId account, String version, Document document) {

  /// What the account's administrator sets. Times are ISO-8601 (`PT6H`).
  ///
  /// @param name as customers know the company
  /// @param answerWithin a message older than this is history and is not answered
  /// @param systems further ones, by the name of their connector
  public record Document(
      String name,
      String language,
      ZoneId timezone,
      Autonomy autonomy,
      Duration answerWithin,
      @Nullable Chatwoot chatwoot,
      @Nullable Odoo odoo,
      Gathering gathering,
      List<IntentRule> intents,
      List<KnownAnswer> answers,
      Conduct conduct,
      Map<String, Link> systems) {

    private static final int MOST_RULES = 100;

    /// Each is tried on each message.
    private static final int MOST_PATTERNS = 40;

    public Document {
      intents = List.copyOf(intents);
      if (intents.size() > MOST_RULES) {
        throw new IllegalArgumentException(
            "%d rules of intents; %d are allowed".formatted(intents.size(), MOST_RULES));
      }
      int patterns = intents.stream().mapToInt(rule -> rule.patterns().size()).sum();
      if (patterns > MOST_PATTERNS) {
        throw new IllegalArgumentException(
            "%d patterns of intents; %d are allowed".formatted(patterns, MOST_PATTERNS));
      }
      answers = List.copyOf(answers);
      systems = Map.copyOf(systems);
    }

    /// Without further systems.
    public Document(
        String name,
        String language,
        ZoneId timezone,
        Autonomy autonomy,
        Duration answerWithin,
        @Nullable Chatwoot chatwoot,
        @Nullable Odoo odoo,
        Gathering gathering,
        List<IntentRule> intents,
        List<KnownAnswer> answers,
        Conduct conduct) {
      this(
          name,
          language,
          timezone,
          autonomy,
          answerWithin,
          chatwoot,
          odoo,
          gathering,
          intents,
          answers,
          conduct,
          Map.of());
    }

    /// How much the agent may do in an inbox, before it is known what is wanted.
    public Autonomy autonomyIn(String inbox) {
      return autonomyIn(inbox, null);
    }

    /// How much the agent may do in an inbox for an intent.
    public Autonomy autonomyIn(String inbox, @Nullable String intent) {
      return conduct.autonomy().stream()
          .filter(rule -> rule.fits(inbox, intent))
          .map(Conduct.AutonomyRule::autonomy)
          .findFirst()
          .orElse(autonomy);
    }

    /// People of the company are there at this time.
    public boolean isOpen(Instant at) {
      return conduct.opening().isOpen(at.atZone(timezone));
    }
  }

  /// The account's Chatwoot.
  ///
  /// @param binding names this Chatwoot among several of the account; part of each conversation's
  ///   key
  /// @param account the account's number there
  /// @param webhookSecret signs account webhooks; botSecret those to the agent bot
  /// @param outsideWindow says what is said when the channel takes templates only
  public record Chatwoot(
      String binding,
      URI url,
      long account,
      Secret botToken,
      Secret userToken,
      Secret webhookSecret,
      Secret botSecret,
      @Nullable Template outsideWindow) {

    /// Without a template.
    public Chatwoot(
        String binding,
        URI url,
        long account,
        Secret botToken,
        Secret userToken,
        Secret webhookSecret,
        Secret botSecret) {
      this(binding, url, account, botToken, userToken, webhookSecret, botSecret, null);
    }
  }

  /// A message that WhatsApp has approved, and takes at any time.
  ///
  /// @param language as approved: `pt_BR`
  /// @param category `UTILITY`, `MARKETING`
  /// @param body as approved; `{{1}}` is what is to be said
  public record Template(String name, String language, String category, String body) {}

  /// The account's Odoo.
  ///
  /// @param login of the user to whom the key belongs; wanted by versions before 19
  /// @param protocol `json-2`, `json-rpc` or `xml-rpc`; found out by the version if it is left out
  public record Odoo(
      URI url, String database, Secret apiKey, @Nullable String login, @Nullable String protocol) {

    /// From 19 on.
    public Odoo(URI url, String database, Secret apiKey) {
      this(url, database, apiKey, null, null);
    }
  }

  /// A further system of the account: where it is and the key to it.
  public record Link(URI url, Secret key) {}

  /// When a burst of messages is over.
  ///
  /// @param gap the pause after which a customer is thought to have finished
  /// @param longest waited after the first message, however the customer goes on
  /// @param most messages in one turn
  /// @param media the pause after a file, which people often explain in the next message
  /// @param finished what ends a burst at once when a message ends with it
  /// @param channels profiles of their own, by the channel's name
  public record Gathering(
      Duration gap,
      Duration longest,
      int most,
      Duration media,
      List<String> finished,
      Map<String, Burst> channels) {

    /// What holds where the settings say nothing more than gap, longest and most. A program that
    /// writes through the API sends whole messages, and so does who writes an e-mail, give or take.
    public static Gathering of(Duration gap, Duration longest, int most) {
      return new Gathering(
          gap,
          longest,
          most,
          Duration.ofSeconds(2),
          List.of("só isso", "é isso", "era isso", "that's all", "that is all", "eso es todo"),
          Map.of(
              "api", new Burst(Duration.ZERO, Duration.ZERO, 1, Duration.ZERO),
              "email",
                  new Burst(
                      Duration.ofSeconds(5), Duration.ofSeconds(30), 10, Duration.ofSeconds(5))));
    }

    public Gathering {
      check(gap, longest, most, media);
      finished = List.copyOf(finished);
      channels = Map.copyOf(channels);
    }

    /// The channel's profile; that of all others for a channel never seen.
    public Burst in(String channel) {
      Burst own = channels.get(channel);
      return own == null ? new Burst(gap, longest, most, media) : own;
    }

    private static void check(Duration gap, Duration longest, int most, Duration media) {
      if (gap.isNegative() || longest.isNegative() || media.isNegative() || most < 1) {
        throw new IllegalArgumentException("gathering needs times of zero or more and a message");
      }
    }
  }

  /// As [Gathering], in one channel.
  public record Burst(Duration gap, Duration longest, int most, Duration media) {
    public Burst {
      Gathering.check(gap, longest, most, media);
    }
  }

  /// A rule that finds an intent: any of the words or phrases, or any of the patterns, without
  /// regard to case and accents. A bad rule is refused when settings are read, so a conversation
  /// never meets one.
  ///
  /// @param patterns in RE2 syntax, each checked and bounded by [LinearPattern]
  public record IntentRule(String intent, String crew, List<String> anyOf, List<String> patterns) {
    private static final int MOST_PHRASES = 200;
    private static final int MOST_PATTERNS = 20;
    private static final int LONGEST_PHRASE = 100;

    public IntentRule {
      anyOf = List.copyOf(anyOf);
      patterns = List.copyOf(patterns);
      atMost(MOST_PHRASES, anyOf, intent, "phrases");
      atMost(MOST_PATTERNS, patterns, intent, "patterns");
      for (String phrase : anyOf) {
        if (phrase.codePoints().noneMatch(Character::isLetterOrDigit)
            || phrase.length() > LONGEST_PHRASE) {
          throw new IllegalArgumentException(
              "a phrase of %s needs a word and at most %d characters: '%s'"
                  .formatted(intent, LONGEST_PHRASE, phrase));
        }
      }
      patterns.forEach(LinearPattern::of);
    }

    /// A rule of words and phrases.
    public IntentRule(String intent, String crew, List<String> anyOf) {
      this(intent, crew, anyOf, List.of());
    }

    private static void atMost(int most, List<String> list, String intent, String what) {
      if (list.size() > most) {
        throw new IllegalArgumentException(
            "the rule of %s has %d %s; %d are allowed".formatted(intent, list.size(), what, most));
      }
    }
  }

  /// What the company answers itself to an intent: opening hours, address, payment.
  public record KnownAnswer(String intent, String text) {}
}
