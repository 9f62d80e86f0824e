package io.mcpcrew.crew.guard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Numbers written with words, to 999,999, in Portuguese, English and Spanish. Words up to ten
/// count only before something that is counted or paid: "os dois" and "um momento" are no numbers.
final class NumberWords {
  private static final Map<String, Integer> WORDS = words();
  private static final Set<String> THOUSAND = Set.of("mil", "thousand");
  private static final Set<String> HUNDRED = Set.of("hundred");
  private static final Set<String> AND = Set.of("e", "and", "y");
  private static final Set<String> COUNTED =
      Set.of(
          "real",
          "reais",
          "centavos",
          "dolares",
          "dollars",
          "pesos",
          "euros",
          "cents",
          "unidade",
          "unidades",
          "units",
          "unit",
          "pecas",
          "piezas",
          "pieces",
          "dia",
          "dias",
          "days",
          "day",
          "hora",
          "horas",
          "hours",
          "semana",
          "semanas",
          "weeks",
          "mes",
          "meses",
          "months",
          "ano",
          "anos",
          "years",
          "parcelas",
          "vezes",
          "cuotas",
          "porcento",
          "percent",
          "%");

  private NumberWords() {}

  static List<Numbers.Reading> in(String folded) {
    List<Numbers.Reading> found = new ArrayList<>();
    String[] words =
        Folded.words(folded, c -> Character.isLetterOrDigit(c) || c == '%').split(" ", -1);
    int at = 0;
    while (at < words.length) {
      int end = end(words, at);
      if (end == at) {
        at++;
        continue;
      }
      int value = value(words, at, end);
      boolean counted =
          end < words.length
              && (COUNTED.contains(words[end])
                  || (words[end].equals("por")
                      && end + 1 < words.length
                      && words[end + 1].equals("cento")));
      if (value > 10 || counted) {
        String written = String.join(" ", List.of(words).subList(at, end));
        found.add(new Numbers.Reading(written, Set.of(Numbers.plain(BigDecimal.valueOf(value)))));
      }
      at = end;
    }
    return found;
  }

  /// Where the words of a number that begins here end; `at` itself if none begins.
  private static int end(String[] words, int at) {
    int end = at;
    for (int i = at; i < words.length; i++) {
      boolean number = isNumber(words[i]);
      boolean joins =
          AND.contains(words[i]) && i > at && i + 1 < words.length && isNumber(words[i + 1]);
      if (number) {
        end = i + 1;
      } else if (!joins) {
        break;
      }
    }
    return end;
  }

  private static boolean isNumber(String word) {
    return WORDS.containsKey(word) || THOUSAND.contains(word) || HUNDRED.contains(word);
  }

  private static int value(String[] words, int from, int to) {
    int whole = 0;
    int part = 0;
    for (int i = from; i < to; i++) {
      if (THOUSAND.contains(words[i])) {
        whole += Math.max(1, part) * 1_000;
        part = 0;
      } else if (HUNDRED.contains(words[i])) {
        part = Math.max(1, part) * 100;
      } else if (!AND.contains(words[i])) {
        part += WORDS.getOrDefault(words[i], 0);
      }
    }
    return whole + part;
  }

  static Map<String, Integer> months() {
    Map<String, Integer> months = new LinkedHashMap<>();
    number(months, 1, "janeiro january enero jan", "fevereiro february febrero feb");
    number(months, 3, "marco march marzo", "abril april abr apr", "maio mayo may");
    number(months, 6, "junho june junio jun", "julho july julio jul", "agosto august ago aug");
    number(months, 9, "setembro september septiembre setiembre sep set");
    number(months, 10, "outubro october octubre oct out", "novembro november noviembre nov");
    number(months, 12, "dezembro december diciembre dez dec dic");
    return months;
  }

  private static void number(Map<String, Integer> into, int first, String... names) {
    for (int i = 0; i < names.length; i++) {
      for (String name : names[i].split(" ", -1)) {
        into.put(name, first + i);
      }
    }
  }

  /// "dos" is two in Spanish and "of the" in Portuguese: it is left out, as "one" and "um" are.
  private static Map<String, Integer> words() {
    Map<String, Integer> words = new HashMap<>();
    number(words, 2, "dois duas two", "tres three", "quatro four cuatro", "cinco five");
    number(words, 6, "seis six", "sete seven siete", "oito eight ocho", "nove nine nueve");
    number(
        words, 10, "dez ten diez", "onze eleven once", "doze twelve doce", "treze thirteen trece");
    number(words, 14, "quatorze catorze fourteen catorce", "quinze fifteen quince");
    number(words, 16, "dezesseis sixteen dieciseis", "dezessete seventeen diecisiete");
    number(words, 18, "dezoito eighteen dieciocho", "dezenove nineteen diecinueve");
    number(words, 20, "vinte twenty veinte", "veintiuno", "veintidos", "veintitres");
    number(words, 24, "veinticuatro", "veinticinco", "veintiseis", "veintisiete", "veintiocho");
    number(words, 29, "veintinueve", "trinta thirty treinta");
    tens(words, 40, "quarenta forty cuarenta", "cinquenta fifty cincuenta");
    tens(words, 60, "sessenta sixty sesenta", "setenta seventy", "oitenta eighty ochenta");
    tens(words, 90, "noventa ninety", "cem cento cien ciento");
    words.put("um", 1);
    words.put("uma", 1);
    words.put("one", 1);
    words.put("uno", 1);
    words.put("un", 1);
    hundreds(words, 200, "duzentos duzentas doscientos doscientas");
    hundreds(words, 300, "trezentos trezentas trescientos trescientas");
    hundreds(words, 400, "quatrocentos quatrocentas cuatrocientos cuatrocientas");
    hundreds(words, 500, "quinhentos quinhentas quinientos quinientas");
    hundreds(words, 600, "seiscentos seiscentas seiscientos seiscientas");
    hundreds(words, 700, "setecentos setecentas setecientos setecientas");
    hundreds(words, 800, "oitocentos oitocentas ochocientos ochocientas");
    hundreds(words, 900, "novecentos novecentas novecientos novecientas");
    return Map.copyOf(words);
  }

  private static void tens(Map<String, Integer> into, int first, String... names) {
    for (int i = 0; i < names.length; i++) {
      for (String name : names[i].split(" ", -1)) {
        into.put(name, first + i * 10);
      }
    }
  }

  private static void hundreds(Map<String, Integer> into, int value, String names) {
    for (String name : names.split(" ", -1)) {
      into.put(name, value);
    }
  }
}
