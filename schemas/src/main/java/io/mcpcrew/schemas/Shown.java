package io.mcpcrew.schemas;

/// A foreign text as it may stand in a message of ours: short and without control characters.
final class Shown {
  private static final int LONGEST = 40;

  private Shown() {}

  static String of(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", "?");
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "...";
  }
}
