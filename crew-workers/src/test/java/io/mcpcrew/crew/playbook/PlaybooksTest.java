package io.mcpcrew.crew.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpcrew.crew.files.CheckedYaml;
import io.mcpcrew.runtime.settings.YamlDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaybooksTest {

  @ParameterizedTest
  @CsvSource({
    "product.info,product-info",
    "order.status,order-status",
    "order.create,quotation",
    "order.cancel,order-cancel",
    "invoice.open,invoices",
    "company.hours,company-info",
    "company.services,company-info",
    "company.parking.price,company-info",
    "agent.identity,about-us",
    "visit.schedule,visit",
    "complaint,complaint",
    "greeting,greeting",
    "thanks,thanks",
    "unknown,concierge",
  })
  void each_intent_has_its_playbook(String intent, String playbook) {
    assertThat(Playbooks.shipped().of(intent).map(Playbook::name)).contains(playbook);
  }

  @Test
  void every_text_of_every_shipped_playbook_is_there_in_three_languages() {
    for (Playbook playbook : Playbooks.shipped().all()) {
      String file = "/io/mcpcrew/crew/playbooks/" + playbook.name() + ".yaml";
      Object tree = YamlDocuments.read(file, CheckedYaml.resource(file), Object.class);
      assertThat(texts(tree))
          .as(file)
          .allSatisfy(texts -> assertThat(texts.keySet()).isEqualTo(Set.of("pt", "en", "es")));
    }
  }

  private static List<Map<?, ?>> texts(Object tree) {
    List<Map<?, ?>> found = new ArrayList<>();
    if (tree instanceof Map<?, ?> map) {
      if (map.containsKey("pt")) {
        found.add(map);
      }
      map.values().forEach(value -> found.addAll(texts(value)));
    } else if (tree instanceof List<?> list) {
      list.forEach(value -> found.addAll(texts(value)));
    }
    return found;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "steps: []                                                          | at /steps",
        "steps: [{ask: [colour]}]                                           | at /steps/0: there is no slot colour",
        "steps: [{call: a.b, with: {x: '{nothing}'}, as: r}]                | at /steps/0/with: nothing is called nothing",
        "steps: [{call: a.b}]                                               | at /steps/0: it lacks as",
        "steps: [{write: a.b, as: r}]                                       | at /steps/0: it lacks confirm",
        "steps: [{if: 'true', then: [{write: a.b, as: r, confirm: {pt: x}}]}] | at /steps/0/then/0: a write stands at the top level",
        "steps: [{if: 'colour > 1', then: []}]                              | at /steps/0/if: the condition 'colour > 1' is refused",
        "steps: [{say: {en: hello}}]                                        | at /steps/0/say: required property 'pt' not found",
        "steps: [{say: {pt: '{{#a}}'}}]                                     | template",
        "steps: [{shout: x}]                                                | at /steps/0: property 'shout'",
        "steps: [{end: true, person: x}]                                    | at /steps/0: a step does one thing",
        "steps: [{play: quotation, carry: [item]}]                          | at /steps/0/carry: nothing is called item",
        "steps: [{play: quotation, refused: {pt: x}}]                       | at /steps/0/refused: only an offer can be refused",
        "steps: [{with: {}}]                                                | at /steps/0: a step needs one of",
        "slots: {text: {kind: text, ask: {pt: x}}}, steps: [{end: true}]    | at /slots/text: this name stands for something else",
        "slots: {a: {ask: {pt: x}}}, steps: [{end: true}]                   | at /slots/a",
        "slots: {n: {kind: quantity, ask: {pt: x}}}, steps: [{ask: [n], choices: [{pt: a}, {pt: b}]}] | at /steps/0/choices: choices go with one slot",
        "slots: {n: {kind: time, ask: {pt: x}}}, steps: [{ask: [n], choices: r.records, label: time}] | at /steps/0/choices: nothing is called r",
        "slots: {n: {kind: time, ask: {pt: x}}}, steps: [{call: a.b, as: r}, {ask: [n], choices: r.records}] | at /steps/1: it lacks label",
        "slots: {n: {kind: time, ask: {pt: x}}}, steps: [{ask: [n], choices: [{pt: a}]}] | at /steps/0/choices",
        "steps: [{say: {pt: x}, choices: [{pt: a}, {pt: b}]}]               | at /steps/0/choices: choices go with ask or again",
        "steps: [{choose: r.records, as: i, label: name, say: {pt: x}}]     | at /steps/0/choose: nothing is called r",
      })
  void a_wrong_playbook_is_refused_with_its_name_and_the_path(String rest, String told) {
    assertThatThrownBy(
            () -> Playbooks.read("my.yaml", "{name: my, intents: [my.own], " + rest + "}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("my.yaml is wrong")
        .hasMessageContaining(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{play: nobody}                          | /play: there is no playbook nobody",
        "{play: quotation, with: {colour: x}}    | /with: quotation has no slot colour",
        "{play: own}                             | /play: own goes on with this one",
        "{if: 'true', then: [{play: thanks}]}    | goes on with this one",
      })
  void one_that_cannot_go_on_with_another_is_refused_with_the_path(
      String step, String told, @TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("own.yaml"), "{name: own, intents: [my.own], steps: [" + step + "]}");
    Files.writeString(
        folder.resolve("thanks.yaml"), "{name: thanks, intents: [thanks], steps: [{play: own}]}");

    assertThatThrownBy(() -> Playbooks.with(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is wrong at /steps/0")
        .hasMessageContaining(told);
  }

  @Test
  void an_operators_quotation_may_have_other_slots_than_ours(@TempDir Path folder)
      throws IOException {
    Files.writeString(
        folder.resolve("quotation.yaml"),
        "{name: quotation, intents: [order.create], steps: [{say: {pt: Por telefone}}]}");

    assertThat(Playbooks.with(folder).of("order.create").map(Playbook::slots)).contains(Map.of());
  }

  @Test
  void an_operators_playbook_stands_in_for_one_of_its_name_and_comes_first_for_its_intents(
      @TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("thanks.yaml"),
        "{name: thanks, intents: [thanks], steps: [{say: {pt: De nada}}]}");
    Files.writeString(
        folder.resolve("own.yaml"),
        "{name: own, intents: [greeting, freight.price], steps: [{say: {pt: Opa}}]}");

    Playbooks playbooks = Playbooks.with(folder);

    assertThat(playbooks.of("greeting").map(Playbook::name)).contains("own");
    assertThat(playbooks.of("freight.price").map(Playbook::name)).contains("own");
    assertThat(playbooks.of("thanks").map(Playbook::version))
        .isNotEqualTo(Playbooks.shipped().of("thanks").map(Playbook::version));
  }
}
