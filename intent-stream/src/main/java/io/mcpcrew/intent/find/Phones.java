package io.mcpcrew.intent.find;

import java.util.Optional;
import java.util.Set;

/// Telephone numbers in the form that networks dial (E.164). Without a country they are read as
/// Brazilian, where an area and the shape of the number must be right.
final class Phones {
  private static final Set<String> AREAS =
      Set.of(
          "11", "12", "13", "14", "15", "16", "17", "18", "19", "21", "22", "24", "27", "28", "31",
          "32", "33", "34", "35", "37", "38", "41", "42", "43", "44", "45", "46", "47", "48", "49",
          "51", "53", "54", "55", "61", "62", "63", "64", "65", "66", "67", "68", "69", "71", "73",
          "74", "75", "77", "79", "81", "82", "83", "84", "85", "86", "87", "88", "89", "91", "92",
          "93", "94", "95", "96", "97", "98", "99");

  private static final String BRAZIL = "55";

  private Phones() {}

  static Optional<String> e164(String written) {
    String digits = digits(written);
    if (written.stripLeading().startsWith("+") && !digits.startsWith(BRAZIL)) {
      boolean possible = digits.length() >= 8 && digits.length() <= 15 && digits.charAt(0) != '0';
      return possible ? Optional.of("+" + digits) : Optional.empty();
    }
    boolean withCountry = digits.startsWith(BRAZIL) && digits.length() >= 12;
    return national(withCountry ? digits.substring(2) : digits);
  }

  private static Optional<String> national(String dialled) {
    String digits = dialled.startsWith("0") ? dialled.substring(1) : dialled;
    return isBrazilian(digits) ? Optional.of("+" + BRAZIL + digits) : Optional.empty();
  }

  /// Mobiles have nine digits and begin with 9; others have eight and begin with 2 to 5.
  private static boolean isBrazilian(String digits) {
    if (digits.length() < 10 || digits.length() > 11 || !AREAS.contains(digits.substring(0, 2))) {
      return false;
    }
    char first = digits.charAt(2);
    return digits.length() == 11 ? first == '9' : first >= '2' && first <= '5';
  }

  private static String digits(String text) {
    return text.codePoints()
        .filter(c -> c >= '0' && c <= '9')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
