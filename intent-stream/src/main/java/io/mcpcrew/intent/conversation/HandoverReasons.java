package io.mcpcrew.intent.conversation;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.mcpcrew.runtime.settings.YamlDocuments;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Why a conversation is handed over, for the company's people, who need not read English. A turn
/// of several wishes has several reasons.
final class HandoverReasons {
  private static final String BETWEEN = "; ";
  private static final List<Known> KNOWN = read();

  private HandoverReasons() {}

  /// As it stands in the file.
  record Written(String log, String pt, String es) {}

  private record Known(Pattern log, String pt, String es) {
    static Known of(Written written) {
      return new Known(Pattern.compile(written.log()), written.pt(), written.es());
    }
  }

  private static List<Known> read() {
    Written[] written =
        YamlDocuments.resource(
            HandoverReasons.class, "/io/mcpcrew/intent/handover-reasons.yaml", Written[].class);
    return Arrays.stream(written).map(Known::of).toList();
  }

  static String in(String language, String because) {
    return language.equals("en")
        ? because
        : Arrays.stream(because.split(BETWEEN, -1))
            .map(reason -> one(language, reason))
            .distinct()
            .collect(Collectors.joining(BETWEEN));
  }

  private static String one(String language, String reason) {
    for (Known known : KNOWN) {
      Matcher matcher = known.log().matcher(reason);
      if (matcher.matches()) {
        return matcher.replaceFirst(language.equals("es") ? known.es() : known.pt());
      }
    }
    return reason;
  }
}
