package io.mcpcrew.crew.publish;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Cuts a reply into messages that its channel takes: between paragraphs, else between lines, else
/// between sentences, else between words. What fits stays together. Pure, and the same each time:
/// parts are known again by their places.
final class Splitting {
  /// In characters; what Chatwoot itself takes is far more.
  private static final Map<String, Integer> LONGEST =
      Map.of("whatsapp", 4_000, "facebook", 1_900, "telegram", 4_000, "line", 4_900, "sms", 1_500);

  private static final int LONGEST_ELSEWHERE = 50_000;

  /// Between paragraphs, between lines.
  private static final List<String> BORDERS = List.of("\n\n", "\n");

  private Splitting() {}

  static int longest(String channel) {
    return LONGEST.getOrDefault(channel, LONGEST_ELSEWHERE);
  }

  /// @param longest in characters, at least 2
  static List<String> parts(String text, int longest) {
    List<String> parts = parts(text, longest, 0);
    return parts.isEmpty() ? List.of("") : parts;
  }

  private static List<String> parts(String text, int longest, int border) {
    if (text.length() <= longest) {
      return List.of(text);
    }
    if (border < BORDERS.size()) {
      String between = BORDERS.get(border);
      return joined(List.of(text.split(between, -1)), between, longest, border + 1);
    }
    return switch (border - BORDERS.size()) {
      case 0 ->
          joined(
              pieces(text, BreakIterator.getSentenceInstance(Locale.ROOT)),
              "",
              longest,
              border + 1);
      case 1 ->
          joined(pieces(text, BreakIterator.getLineInstance(Locale.ROOT)), "", longest, border + 1);
      default -> cut(text, longest);
    };
  }

  private static List<String> joined(List<String> pieces, String between, int longest, int finer) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (String piece : pieces) {
      int grown = part.length() + between.length() + piece.stripTrailing().length();
      if (!part.isEmpty() && grown > longest) {
        add(parts, part);
      }
      if (piece.length() > longest) {
        List<String> smaller = parts(piece, longest, finer);
        smaller.subList(0, smaller.size() - 1).forEach(parts::add);
        part.append(smaller.getLast());
      } else {
        part.append(part.isEmpty() ? "" : between).append(piece);
      }
    }
    add(parts, part);
    return List.copyOf(parts);
  }

  private static void add(List<String> parts, StringBuilder part) {
    String text = part.toString().strip();
    if (!text.isEmpty()) {
      parts.add(text);
    }
    part.setLength(0);
  }

  private static List<String> pieces(String text, BreakIterator borders) {
    borders.setText(text);
    List<String> pieces = new ArrayList<>();
    int from = borders.first();
    for (int to = borders.next(); to != BreakIterator.DONE; to = borders.next()) {
      pieces.add(text.substring(from, to));
      from = to;
    }
    return pieces;
  }

  /// Something without a border in it, an address perhaps; never through a character.
  private static List<String> cut(String text, int longest) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int to = Math.min(text.length(), from + longest);
      if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
        to--;
      }
      parts.add(text.substring(from, to));
      from = to;
    }
    return parts;
  }
}
