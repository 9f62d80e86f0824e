package io.mcpcrew.intent.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.runtime.settings.YamlDocuments;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A company's people read in their own language why a conversation is theirs.
class HandoverReasonsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no model is configured                       | pt | o robô não sabe responder isto",
        "no model is configured                       | es | el bot no sabe responder esto",
        "no model is configured                       | en | no model is configured",
        "quotation: the answers are not understood    | pt | o robô não entendeu as respostas do cliente (quotation)",
        "odoo__create_order may have happened, and nobody can say | pt | odoo__create_order pode já ter sido feito, e não há como saber",
        "a reply was held back by the guard 'numbers': 19,90 is in no result | pt | uma resposta foi retida pela proteção 'numbers': 19,90 is in no result",
        "nobody offers visit.free; no model is configured | es | ningún sistema conectado ofrece visit.free; el bot no sabe responder esto",
        "no model is configured; nobody knows an answer to concierge | pt | o robô não sabe responder isto",
        "quer cancelar o pedido S00021, e o sistema não deixa | pt | quer cancelar o pedido S00021, e o sistema não deixa",
      })
  void it_is_told_in_the_companys_language(String because, String language, String told) {
    assertThat(HandoverReasons.in(language, because)).isEqualTo(told);
  }

  @Test
  void what_a_reason_quotes_is_no_place_of_a_group() {
    assertThat(HandoverReasons.in("pt", "nobody offers $1 \\ x"))
        .isEqualTo("nenhum sistema ligado oferece $1 \\ x");
  }

  @Test
  void every_reason_is_there_in_both_languages_and_uses_no_group_that_it_lacks() {
    var all =
        YamlDocuments.resource(
            HandoverReasons.class,
            "/io/mcpcrew/intent/handover-reasons.yaml",
            HandoverReasons.Written[].class);

    assertThat(all).hasSizeGreaterThan(30);
    for (HandoverReasons.Written reason : all) {
      int groups = Pattern.compile(reason.log()).matcher("").groupCount();
      for (String text : new String[] {reason.pt(), reason.es()}) {
        assertThat(text).as(reason.log()).isNotBlank();
        Pattern.compile("\\$(\\d)")
            .matcher(text)
            .results()
            .forEach(
                place -> assertThat(Integer.parseInt(place.group(1))).isLessThanOrEqualTo(groups));
      }
    }
  }
}
