package io.mcpcrew.intent.find;

import java.util.Locale;
import java.util.Optional;

/// Brazil's numbers of people (CPF) and companies (CNPJ), by their check digits. Since July 2026 a
/// CNPJ's first twelve places may hold letters, which count as their ASCII code less 48; its check
/// digits stay digits, and a number without letters is checked as ever.
final class TaxNumbers {
  private static final int CPF = 11;
  private static final int CNPJ = 14;

  private TaxNumbers() {}

  /// The eleven digits, if the text is a CPF however it is punctuated.
  static Optional<String> cpf(String text) {
    String digits = bare(text);
    return digits.length() == CPF
            && digits.chars().allMatch(TaxNumbers::isDigit)
            && isChecked(digits, CPF - 2, CPF)
        ? Optional.of(digits)
        : Optional.empty();
  }

  /// The fourteen places, letters in upper case, if the text is a CNPJ however it is punctuated.
  static Optional<String> cnpj(String text) {
    String places = bare(text);
    return places.length() == CNPJ
            && places.substring(CNPJ - 2).chars().allMatch(TaxNumbers::isDigit)
            && isChecked(places, CNPJ - 2, 9)
        ? Optional.of(places)
        : Optional.empty();
  }

  /// A number with its two check digits.
  static String checked(String places, boolean person) {
    int heaviest = person ? CPF : 9;
    String one = places + digit(places, heaviest);
    return one + digit(one, heaviest);
  }

  private static boolean isChecked(String places, int without, int heaviest) {
    boolean allSame = places.chars().distinct().count() == 1;
    return !allSame && checked(places.substring(0, without), heaviest == CPF).equals(places);
  }

  /// Weights from the right: 2, 3 and so on, and 2 again after the heaviest.
  private static int digit(String places, int heaviest) {
    int sum = 0;
    int weight = 2;
    for (int i = places.length() - 1; i >= 0; i--) {
      sum += (places.charAt(i) - '0') * weight;
      weight = weight == heaviest ? 2 : weight + 1;
    }
    int rest = sum % 11;
    return rest < 2 ? 0 : 11 - rest;
  }

  private static String bare(String text) {
    return text.codePoints()
        .filter(c -> isDigit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .toUpperCase(Locale.ROOT);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
