package io.mcpcrew.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.mcp.BrokenBackend.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What each account is offered, where accounts differ.
@Timeout(60)
@SuppressWarnings("NullAway") // what is missing fails the test, as it should
class AccountOffersTest {
  private Installation installation;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    installation =
        Installation.start(
            folder,
            Map.of(
                Installation.CLINICAS_ROLE,
                "agent",
                "connectors.chatwoot.webhook-hosts",
                "hooks.example.com",
                "connectors.tools-for",
                "200ms",
                "connectors.pause-when-down",
                "200ms"));
  }

  @AfterEach
  void stop() {
    installation.close();
  }

  @Test
  void webhooks_are_offered_only_where_the_accounts_token_may_have_them() {
    assertThat(installation.tools("chatwoot", Installation.LOJA))
        .contains("list_webhooks", "create_webhook", "list_inboxes");
    assertThat(installation.tools("chatwoot", Installation.CLINICA))
        .contains("list_inboxes", "reply_to_conversation")
        .doesNotContain("list_webhooks", "create_webhook");
  }

  @Test
  void a_system_that_does_not_answer_leaves_its_account_what_all_have() throws Exception {
    try (var broken = new BrokenBackend(Fault.IS_OVERLOADED)) {
      installation.moveChatwoot(Installation.CLINICA, broken.uri());
      assertThat(installation.tools("chatwoot", Installation.CLINICA)).contains("list_webhooks");

      broken.nowForwardsTo(installation.chatwoot(Installation.LOJA).url());
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() ->
              assertThat(installation.tools("chatwoot", Installation.CLINICA))
                  .doesNotContain("list_webhooks"));
    }
  }
}
