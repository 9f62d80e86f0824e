package io.mcpcrew.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.runtime.tenant.TenantDocuments;
import io.mcpcrew.schemas.AccountId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway") // what is missing fails the test, as it should
class DemoCompaniesTest {
  private static final String URL = "http://127.0.0.1:8700";

  private static Tenant tenant(DemoCompanies demo, String account) throws IOException {
    return TenantDocuments.parse(
        new AccountId(account), Files.readString(demo.accounts().resolve(account + ".json")));
  }

  @Test
  void both_companies_have_settings_that_are_read_and_secrets_that_are_there(@TempDir Path folder)
      throws IOException {
    var demo = new DemoCompanies(folder, URL);
    demo.prepare();

    Set<String> secrets = new HashSet<>();
    for (String account : DemoCompanies.ACCOUNTS) {
      Tenant.Document document = tenant(demo, account).document();
      Tenant.Chatwoot chatwoot = document.chatwoot();
      Tenant.Odoo odoo = document.odoo();
      assertThat(chatwoot).isNotNull();
      assertThat(odoo).isNotNull();
      assertThat(secrets.add(chatwoot.botToken().reveal())).isTrue();
      assertThat(secrets.add(chatwoot.webhookSecret().reveal())).isTrue();
      assertThat(secrets.add(odoo.apiKey().reveal())).isTrue();
    }
  }

  @Test
  void a_second_start_keeps_the_secrets_and_the_version_of_the_settings(@TempDir Path folder)
      throws IOException {
    var demo = new DemoCompanies(folder, URL);
    demo.prepare();
    String before = tenant(demo, "loja").version();
    byte[] token = Files.readAllBytes(folder.resolve("secrets/loja.bot-token"));

    new DemoCompanies(folder, URL).prepare();

    assertThat(tenant(demo, "loja").version()).isEqualTo(before);
    assertThat(folder.resolve("secrets/loja.bot-token")).hasBinaryContent(token);
  }

  @Test
  void nobody_else_on_the_machine_reads_the_secrets(@TempDir Path folder) throws IOException {
    new DemoCompanies(folder, URL).prepare();

    try (var files = Files.list(folder.resolve("secrets"))) {
      assertThat(files)
          .isNotEmpty()
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .as(file.toString())
                  .isEqualTo("rw-------"));
    }
  }
}
