package io.mcpcrew.crew.channel;

import java.util.List;

/// How choices reach a customer: as something to press where the channel has it, else as numbered
/// lines.
public final class Choices {
  /// More of them nobody reads.
  public static final int MOST = 10;

  /// WhatsApp shows up to three as buttons and more as a list, each with a title of its own length.
  private static final int WHATSAPP_BUTTONS = 3;

  private static final int WHATSAPP_BUTTON_TITLE = 20;
  private static final int WHATSAPP_ROW_TITLE = 24;
  private static final int WHATSAPP_TEXT = 1_024;

  private static final int WEB_TITLE = 200;

  private Choices() {}

  /// Whether the customer can press them.
  public static boolean canBePressed(String channel, List<String> titles) {
    boolean distinct = titles.stream().distinct().count() == titles.size();
    return !titles.isEmpty()
        && titles.size() <= MOST
        && distinct
        && titles.stream().allMatch(title -> title.length() <= longest(channel, titles.size()));
  }

  private static int longest(String channel, int titles) {
    return switch (channel) {
      case "web" -> WEB_TITLE;
      case "whatsapp" -> titles <= WHATSAPP_BUTTONS ? WHATSAPP_BUTTON_TITLE : WHATSAPP_ROW_TITLE;
      default -> 0;
    };
  }

  /// How long the text above them may be, where it is shorter than any other of the channel.
  public static int longestText(String channel, int otherwise) {
    return channel.equals("whatsapp") ? Math.min(WHATSAPP_TEXT, otherwise) : otherwise;
  }

  /// The text with a numbered line for each, unless it numbers them itself.
  public static String numbered(String text, List<String> titles) {
    StringBuilder lines = new StringBuilder();
    boolean there = true;
    for (int i = 0; i < titles.size(); i++) {
      String line = "%d. %s".formatted(i + 1, titles.get(i));
      lines.append('\n').append(line);
      there &= text.contains(line);
    }
    return there ? text : text + "\n" + lines;
  }
}
