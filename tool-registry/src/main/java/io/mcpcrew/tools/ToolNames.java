package io.mcpcrew.tools;

import java.util.regex.Pattern;

/// What a tool is called towards models: `connector__tool`, of letters, digits, `_` and `-`, at
/// most 64 of them, as the strictest providers want it. The connector's name is the operator's,
/// never the server's own.
final class ToolNames {
  private static final int LONGEST = 64;
  private static final int KEPT = 55;
  private static final Pattern NOT_ALLOWED = Pattern.compile("[^A-Za-z0-9_-]");

  private ToolNames() {}

  static String exposed(String connector, String remoteName) {
    String plain = connector + "__" + remoteName;
    String name = NOT_ALLOWED.matcher(plain).replaceAll("_");
    if (name.length() <= LONGEST && name.equals(plain)) {
      return name;
    }
    // Cut or replaced, two could become one; the hash of what it was keeps them apart.
    String kept = name.length() <= KEPT ? name : name.substring(0, KEPT);
    return kept + "_" + Pins.sha256(plain).substring(0, 8);
  }
}
