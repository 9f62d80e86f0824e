package io.mcpcrew.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// The contract on a real Odoo 19 with its demo data; see [RealOdooIT].
@Tag("slow")
@EnabledIfEnvironmentVariable(named = "MCPCREW_ODOO_URL", matches = "http.*")
@SuppressWarnings("NullAway") // what is missing fails the test, as it should
class RealOdooContractIT extends OdooContract {
  @Override
  Installation install(Path folder) throws IOException {
    var installation = Installation.start(folder, ToolCase.and(PATIENT, Map.of(METHODS, METHOD)));
    move(installation, folder);
    return installation;
  }

  @Override
  Installation second(Path folder) throws IOException {
    return install(folder);
  }

  /// As an account's settings name it.
  String protocol() {
    return "json-2";
  }

  private void move(Installation installation, Path folder) throws IOException {
    Path key = folder.resolve("real.key");
    Files.writeString(key, System.getenv("MCPCREW_ODOO_KEY"));
    installation.moveOdoo(
        Installation.LOJA,
        System.getenv("MCPCREW_ODOO_URL"),
        System.getenv("MCPCREW_ODOO_DATABASE"),
        key);
    installation.speak(Installation.LOJA, login(), protocol());
  }

  private static String login() {
    String login = System.getenv("MCPCREW_ODOO_LOGIN");
    return login == null ? "admin" : login;
  }

  @Test
  void with_a_login_and_no_protocol_the_version_decides() {
    installation().speak(Installation.LOJA, login(), null);
    try {
      assertThat(records("search_records", Map.of("model", "res.partner", "limit", 1))).hasSize(1);
    } finally {
      installation().speak(Installation.LOJA, login(), protocol());
    }
  }

  @Override
  String product() {
    return "DESK0005";
  }

  @Override
  long debtor() {
    return customer("LightsUp");
  }

  @Override
  long customer() {
    return customer("Gemini Furniture");
  }

  private long customer(String name) {
    var found = records("find_customer", Map.of("name", name)).getFirst();
    return ((Number) found.get("id")).longValue();
  }
}
