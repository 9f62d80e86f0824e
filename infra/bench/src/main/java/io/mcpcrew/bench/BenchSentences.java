package io.mcpcrew.bench;

import java.util.List;

/// What customers of a tool shop write, in the proportions in which they do: questions, orders,
/// courtesies, slips, and what no rule knows.
final class BenchSentences {
  private static final List<String> ALL =
      List.of(
          "Quanto custa a furadeira e tem em estoque?",
          "oi, bom dia",
          "cadê meu pedido 12345?",
          "qual o horário de vocês no sábado?",
          "quero 2 furadeiras e uma dúzia de parafusos",
          "vcs tem serra circular? qto custa?",
          "quanto custa a furadera?",
          "muito obrigado!",
          "meu CPF é 529.982.247-25 e o e-mail maria@exemplo.com.br",
          "quero falar sobre o pedido S00042, ainda não chegou e já faz 3 dias que estou esperando",
          "o portão automático da garagem fez um barulho estranho ontem à noite",
          "do you have a cordless drill in stock?",
          "¿cuánto cuesta el taladro?",
          "paguei R$ 1.234,56 no dia 15/12 e não recebi a nota");

  private BenchSentences() {}

  static String of(int number) {
    return ALL.get(Math.floorMod(number, ALL.size()));
  }

  static int count() {
    return ALL.size();
  }
}
