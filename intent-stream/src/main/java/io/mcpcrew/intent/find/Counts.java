package io.mcpcrew.intent.find;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Numbers by the words around them: how many are wanted, and which order is meant.
final class Counts {
  private static final Map<String, Map<String, Integer>> NUMBERS =
      Map.of(
          "pt",
              numbers(
                  "dois 2 duas 2 tres 3 quatro 4 cinco 5 seis 6 sete 7 oito 8 nove 9 dez 10 onze 11 doze 12 quinze 15 vinte 20 trinta 30 cinquenta 50 cem 100"),
          "en",
              numbers(
                  "two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12 fifteen 15 twenty 20 thirty 30 fifty 50"),
          "es",
              numbers(
                  "dos 2 tres 3 cuatro 4 cinco 5 seis 6 siete 7 ocho 8 nueve 9 diez 10 once 11 doce 12 quince 15 veinte 20 treinta 30 cincuenta 50 cien 100"));

  private static final Set<String> ONE = Set.of("um", "uma", "a", "una", "one");
  private static final Set<String> HALF = Set.of("meia", "half", "media");
  private static final Map<String, Integer> PACKS =
      Map.of(
          "duzia", 12, "duzias", 12, "dozen", 12, "docena", 12, "docenas", 12, "par", 2, "pares", 2,
          "couple", 2, "pair", 2);

  private static final Set<String> UNITS =
      Set.of(
          "unidade",
          "unidades",
          "un",
          "und",
          "uni",
          "peca",
          "pecas",
          "pc",
          "pcs",
          "caixa",
          "caixas",
          "cx",
          "pacote",
          "pacotes",
          "metro",
          "metros",
          "m",
          "litro",
          "litros",
          "l",
          "kg",
          "quilo",
          "quilos",
          "kilo",
          "kilos",
          "rolo",
          "rolos",
          "saco",
          "sacos",
          "lata",
          "latas",
          "barra",
          "barras",
          "units",
          "unit",
          "pieces",
          "boxes",
          "box",
          "packs",
          "meters",
          "cajas",
          "piezas",
          "paquetes",
          "bolsas",
          "x");

  /// Before these a number is a measure, a time or a sum, or counts what nobody sells.
  private static final Set<String> MEASURES =
      Set.of(
          "mm",
          "cm",
          "polegada",
          "polegadas",
          "pol",
          "v",
          "volts",
          "w",
          "watts",
          "hz",
          "gb",
          "tb",
          "mb",
          "ano",
          "anos",
          "dia",
          "dias",
          "hora",
          "horas",
          "h",
          "hs",
          "hrs",
          "min",
          "minutos",
          "semana",
          "semanas",
          "mes",
          "meses",
          "vezes",
          "reais",
          "mil",
          "k",
          "am",
          "pm",
          "graus",
          "inch",
          "inches",
          "years",
          "days",
          "hours",
          "minutes",
          "weeks",
          "months",
          "pulgadas",
          "veces",
          "pessoas",
          "parcelas",
          "prestacoes",
          "vias",
          "copias",
          "coisas",
          "perguntas",
          "duvidas",
          "informacoes",
          "opcoes",
          "people",
          "things",
          "questions",
          "copies",
          "personas",
          "cuotas",
          "cosas",
          "preguntas",
          "e",
          "and",
          "y",
          "ou",
          "a",
          "ate",
          "to",
          "de",
          "da",
          "do",
          "th");

  private static final Set<String> INSTALMENTS = Set.of("em", "in", "en", "ate");
  private static final Set<String> WANTS =
      Set.of(
          "quero",
          "queria",
          "preciso",
          "levar",
          "levo",
          "want",
          "need",
          "take",
          "quiero",
          "necesito",
          "comprar",
          "buy",
          "sao",
          "seriam",
          "only",
          "apenas",
          "querer",
          "encomendar",
          "pedir",
          "reserva",
          "reservar",
          "separa",
          "separar",
          "mande",
          "ve",
          "give",
          "order",
          "quisiera",
          "encargar",
          "deme",
          "dame",
          "llevo");

  /// Units that tell how large a thing is as well.
  private static final Set<String> SIZES =
      Set.of(
          "m", "metro", "metros", "l", "litro", "litros", "kg", "quilo", "quilos", "kilo", "kilos");

  private static final Set<String> OF = Set.of("de", "da", "do");

  private static final Set<String> ORDERS =
      Set.of("pedido", "pedidos", "order", "orden", "encomenda", "compra");
  private static final Set<String> NUMBER_SIGNS =
      Set.of("n", "no", "nro", "num", "numero", "number", "codigo", "cod", "id", "nr");
  private static final Set<String> BETWEEN =
      Set.of("de", "e", "is", "es", "o", "the", "el", "meu", "com");
  private static final int MOST_BETWEEN = 4;

  private final List<Word> words;
  private final Map<String, Integer> numbers;
  private final Set<String> fillers;

  Counts(List<Word> words, String language, Set<String> fillers) {
    this.words = words;
    this.numbers = NUMBERS.getOrDefault(language, Map.of());
    this.fillers = fillers;
  }

  private static Map<String, Integer> numbers(String list) {
    List<String> parts = List.of(list.split(" ", -1));
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < parts.size(); i += 2) {
      numbers.put(parts.get(i), Integer.parseInt(parts.get(i + 1)));
    }
    return Map.copyOf(numbers);
  }

  /// Whether somebody wants something: `quero`, `preciso`, `I need`.
  static boolean isWish(Word word) {
    return WANTS.contains(word.plain());
  }

  // Quantities

  List<Mention> quantities() {
    List<Mention> found = new ArrayList<>();
    for (int at = 0; at < words.size(); ) {
      at = Math.max(at + 1, quantity(at, found));
    }
    return found;
  }

  private int quantity(int at, List<Mention> found) {
    int packs = packs(at, found);
    if (packs > at) {
      return packs;
    }
    int glued = glued(plain(at));
    if (glued > 0 && !INSTALMENTS.contains(plain(at - 1))) {
      return add(at, at, glued, found);
    }
    int many = number(at);
    return many > 0 && isCount(at) ? add(at, withUnit(at), many, found) : at;
  }

  /// `uma dúzia`, `meia dúzia`, `duas dúzias`, `half a dozen`, `um par`.
  private int packs(int at, List<Mention> found) {
    int pack = HALF.contains(plain(at)) && ONE.contains(plain(at + 1)) ? at + 2 : at + 1;
    Integer size = PACKS.get(plain(pack));
    if (size == null) {
      return at;
    }
    int many =
        HALF.contains(plain(at)) ? size / 2 : ONE.contains(plain(at)) ? size : number(at) * size;
    return many == 0 ? at : add(at, pack, many, found);
  }

  /// `2x` and `x2`.
  private static int glued(String plain) {
    boolean before = plain.length() > 1 && plain.startsWith("x");
    boolean after = plain.length() > 1 && plain.endsWith("x");
    return before
        ? value(plain.substring(1))
        : after ? value(plain.substring(0, plain.length() - 1)) : 0;
  }

  private int number(int at) {
    Integer named = numbers.get(plain(at));
    return named != null ? named : value(plain(at));
  }

  private static int value(String digits) {
    boolean number =
        !digits.isEmpty()
            && digits.length() <= 4
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? Integer.parseInt(digits) : 0;
  }

  /// A number after a thing's name belongs to the name: `iphone 15`, `broca 10`.
  private boolean isCount(int at) {
    boolean opens = at == 0 || words.get(at).before() != Word.Gap.SPACE;
    String before = plain(at - 1);
    if (!follows(at)) {
      return !opens && WANTS.contains(before);
    }
    String after = plain(at + 1);
    boolean counted = Character.isLetter(after.charAt(0)) && !MEASURES.contains(after);
    boolean instalments = INSTALMENTS.contains(before) && after.equals("x");
    return counted && !instalments && !isSize(at) && (opens || counts(before));
  }

  /// "trena de 5 m", "balde de 10 litros": so large is the thing. "Orçamento de 5 m de cabo" wants
  /// so many.
  private boolean isSize(int at) {
    boolean ofAThing =
        OF.contains(plain(at - 1)) && isThing(plain(at - 2)) && SIZES.contains(plain(at + 1));
    return ofAThing && !(follows(at + 1) && OF.contains(plain(at + 2)));
  }

  private boolean isThing(String plain) {
    return !plain.isEmpty() && !counts(plain);
  }

  private boolean counts(String before) {
    return fillers.contains(before) || WANTS.contains(before) || ORDERS.contains(before);
  }

  private boolean follows(int at) {
    return at + 1 < words.size() && words.get(at + 1).before() == Word.Gap.SPACE;
  }

  private int withUnit(int at) {
    return follows(at) && UNITS.contains(plain(at + 1)) ? at + 1 : at;
  }

  private int add(int first, int last, int many, List<Mention> found) {
    found.add(
        new Mention(
            "quantity", String.valueOf(many), words.get(first).start(), words.get(last).end()));
    return last + 1;
  }

  // Orders

  /// `pedido 123`, `pedido nº 123`, `order number 123`, `pedido é o 12345`.
  static boolean isOrderWord(Word word) {
    return ORDERS.contains(word.plain());
  }

  List<Mention> orders() {
    List<Mention> found = new ArrayList<>();
    for (int at = 0; at < words.size(); at++) {
      if (ORDERS.contains(plain(at))) {
        order(at, found);
      }
    }
    return found;
  }

  private void order(int cue, List<Mention> found) {
    boolean sign = false;
    boolean between = false;
    for (int at = cue + 1; at <= cue + MOST_BETWEEN && at < words.size(); at++) {
      String plain = plain(at);
      boolean stop = words.get(at).before() == Word.Gap.STOP;
      if (!stop && NUMBER_SIGNS.contains(plain)) {
        sign = true;
      } else if (!stop && BETWEEN.contains(plain)) {
        between = true;
      } else {
        if (!stop && isOrder(at, sign || !between, sign)) {
          found.add(
              new Mention(
                  "order",
                  plain.toUpperCase(Locale.ROOT),
                  words.get(at).start(),
                  words.get(at).end()));
        }
        return;
      }
    }
  }

  /// Two digits before another word count something: `pedido 2 furadeiras`.
  private boolean isOrder(int at, boolean near, boolean sign) {
    String plain = plain(at);
    boolean shaped = plain.matches("[a-z]{0,3}\\d{1,10}");
    boolean number = words.get(at).isNumber();
    boolean counts = number && !sign && plain.length() <= 2 && follows(at);
    return shaped && !counts && (near || plain.length() >= 4);
  }

  private String plain(int at) {
    return at >= 0 && at < words.size() ? words.get(at).plain() : "";
  }
}
