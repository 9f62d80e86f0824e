package io.mcpcrew.crew.guard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Documents, addresses, telephones and cards that neither the customer nor the account's own
/// settings named: they may be somebody else's, however they came into a tool's result.
final class PersonalData {
  private static final Map<String, Pattern> KINDS = kinds();

  /// Of what has no `@`, a telephone number is the shortest.
  private static final int FEWEST_DIGITS = 10;

  private static final Pattern NO_SIGN = Pattern.compile("[^a-z0-9@]+");

  private PersonalData() {}

  private static Map<String, Pattern> kinds() {
    Map<String, Pattern> kinds = new LinkedHashMap<>();
    kinds.put(
        "an e-mail address",
        Pattern.compile("[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,4}"));
    kinds.put(
        "a CNPJ", Pattern.compile("(?<!\\d)\\d{2}\\.?\\d{3}\\.?\\d{3}/\\d{4}-?\\d{2}(?!\\d)"));
    kinds.put("a CPF", Pattern.compile("(?<!\\d)\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}(?!\\d)"));
    kinds.put("a card's number", Pattern.compile("(?<!\\d)\\d{4}(?:[ -]?\\d{4}){3}(?!\\d)"));
    kinds.put(
        "a telephone number",
        Pattern.compile(
            "(?<!\\d)(?:\\+?\\d{2} ?)?\\(?\\d{2}\\)? ?9?\\d{4}[- ]\\d{4}(?!\\d)|\\+\\d{10,14}(?!\\d)"));
    return kinds;
  }

  /// @param own what the customer wrote and what the account says of itself
  static List<String> ofOthers(String reply, String own) {
    if (reply.indexOf('@') < 0 && mostDigits(reply) < FEWEST_DIGITS) {
      return List.of();
    }
    String ownSigns = signs(own);
    List<String> found = new ArrayList<>();
    String rest = reply;
    for (var kind : KINDS.entrySet()) {
      rest =
          kind.getValue()
              .matcher(rest)
              .replaceAll(match -> {
                if (!ownSigns.contains(signs(match.group()))) {
                  found.add(kind.getKey());
                }
                return " ";
              });
    }
    return found;
  }

  /// The most digits in a row that have nothing between them but what people group numbers with.
  private static int mostDigits(String text) {
    int most = 0;
    int row = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        row++;
        most = Math.max(most, row);
      } else if (" .-/()+".indexOf(c) < 0) {
        row = 0;
      }
    }
    return most;
  }

  /// Letters and digits only: how a number is grouped makes no difference.
  private static String signs(String text) {
    return NO_SIGN.matcher(Folded.of(text)).replaceAll("");
  }
}
