package io.mcpcrew.endtoend.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HouseRulesTest {
  private static final String OFFENDERS = "io.mcpcrew.endtoend.offenders";

  /// The jars of all modules, without tests.
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.mcpcrew");

  static Stream<HouseRules.Rule> house() {
    return new HouseRules("io.mcpcrew").all().stream();
  }

  static Stream<HouseRules.Rule> offenders() {
    return new HouseRules(OFFENDERS).all().stream();
  }

  @ParameterizedTest
  @MethodSource("house")
  void the_house_keeps_its_rules(HouseRules.Rule rule) {
    rule.rule().check(HOUSE);
  }

  @ParameterizedTest
  @MethodSource("offenders")
  void each_rule_finds_its_offender(HouseRules.Rule rule) {
    JavaClasses offenders = new ClassFileImporter().importPackages(OFFENDERS);

    var found = rule.rule().evaluate(offenders);

    assertThat(found.hasViolation()).isTrue();
    assertThat(found.getFailureReport().toString()).contains(OFFENDERS + "." + rule.offender());
  }

  @Test
  void all_modules_are_looked_at() {
    for (String module :
        List.of(
            "schemas",
            "runtime",
            "ingest",
            "intent",
            "crew",
            "tools",
            "knowledge",
            "mcp",
            "parts",
            "simulators",
            "local",
            "bench")) {
      assertThat(
              HOUSE.stream().anyMatch(c -> c.getPackageName().startsWith("io.mcpcrew." + module)))
          .as(module)
          .isTrue();
    }
  }
}
