package io.mcpcrew.local.command;

import io.mcpcrew.schemas.topics.Topic;
import io.mcpcrew.schemas.topics.Topic.Retention;
import io.mcpcrew.schemas.topics.Topics;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The catalogue of topics.
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    description = "Lists the topics: key, value, owner, readers, retention with its reason.",
    footer = {"", "Example:", "  ./crew topics --markdown > docs/topics.md"})
public final class TopicsCommand implements CrewCommand {
  @Option(names = "--markdown", description = "As the page docs/topics.md.")
  private boolean markdown;

  @Override
  public Integer call() {
    System.out.print(markdown ? markdown() : plain());
    return 0;
  }

  /// The page docs/topics.md; a test keeps it true.
  public static String markdown() {
    var page = new StringBuilder();
    page.append(
            "# The topics\n\nMade by `./crew topics --markdown`. Each has a `<name>.parked` beside it, kept for ")
        .append(keeps(Topics.parkedOf(Topics.MESSAGES)))
        .append(
            ".\n\n| topic | by | value | written by | read by | kept |\n|---|---|---|---|---|---|\n");
    for (Topic<?> topic : Topics.all()) {
      page.append(
          "| `%s` | %s | `%s` | %s | %s | %s |\n"
              .formatted(
                  topic.name(),
                  by(topic),
                  topic.valueType().getSimpleName(),
                  names(topic.writers()),
                  names(topic.readers()),
                  keeps(topic)));
    }
    return page.toString();
  }

  private static String plain() {
    return Topics.all().stream()
        .map(t ->
            "%-26s %-10s %-18s %s → %s%n%-26s kept %s%n"
                .formatted(
                    t.name(),
                    by(t),
                    t.valueType().getSimpleName(),
                    names(t.writers()),
                    names(t.readers()),
                    "",
                    keeps(t)))
        .collect(Collectors.joining());
  }

  private static String by(Topic<?> topic) {
    return switch (topic.keying()) {
      case BY_ACCOUNT -> "account";
      case BY_WHOLE_KEY -> "whole key";
      case BY_PARTITION -> "partition";
    };
  }

  private static String names(List<Topic.Role> roles) {
    return roles.stream().map(Topic.Role::label).collect(Collectors.joining(", "));
  }

  private static String keeps(Topic<?> topic) {
    return switch (topic.retention()) {
      case Retention.For time -> "%d days: %s".formatted(time.time().toDays(), time.because());
      case Retention.NewestOfKey newest -> "newest of each key: " + newest.because();
    };
  }
}
