package io.mcpcrew.simulators.chatwoot;

import io.mcpcrew.simulators.chatwoot.ApiDoor.Call;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.web.servlet.function.RouterFunctions;

/// What an account has besides conversations and contacts: inboxes, teams, agents, labels, canned
/// responses, webhooks.
final class AccountApi {
  private final Installation installation;
  private final Supplier<String> secrets;

  AccountApi(Installation installation, Supplier<String> secrets) {
    this.installation = installation;
    this.secrets = secrets;
  }

  void addRoutes(RouterFunctions.Builder routes, ApiDoor door) {
    routes
        .GET("/inboxes", door.forUsers(AccountApi::inboxes))
        .GET("/inboxes/{id}", door.forUsers(AccountApi::inbox))
        .GET("/teams", door.forUsers(AccountApi::teams))
        .GET("/teams/{id}/team_members", door.forUsers(AccountApi::members))
        .GET("/agents", door.forUsers(AccountApi::agents))
        .GET("/labels", door.forUsers(AccountApi::labels))
        .GET("/canned_responses", door.forUsers(AccountApi::cannedResponses))
        .GET("/webhooks", door.forUsers(AccountApi::webhooks))
        .POST("/webhooks", door.forUsers(this::addWebhook))
        .PUT("/webhooks/{id}", door.forUsers(this::changeWebhook))
        .PATCH("/webhooks/{id}", door.forUsers(this::changeWebhook))
        .DELETE("/webhooks/{id}", door.forUsers(this::deleteWebhook));
  }

  private static Object inboxes(Call call) {
    return Fields.of(
        "payload", call.account().settings().inboxes().stream().map(ApiViews::inbox).toList());
  }

  private static Object inbox(Call call) {
    return call.account().inbox(call.id("id")).map(ApiViews::inbox).orElseThrow(Refused::notFound);
  }

  private static Object teams(Call call) {
    return call.account().settings().teams().stream()
        .map(team ->
            Fields.of(
                "id",
                team.id(),
                "name",
                team.name().toLowerCase(Locale.ROOT),
                "description",
                null,
                "allow_auto_assign",
                true,
                "account_id",
                call.account().number(),
                "is_member",
                true))
        .toList();
  }

  private static Object agents(Call call) {
    Account account = call.account();
    return Stream.concat(account.settings().agents().stream(), Stream.of(account.owner()))
        .distinct()
        .map(agent -> ApiViews.agent(account, agent))
        .toList();
  }

  private static Object members(Call call) {
    Account account = call.account();
    var team =
        account.settings().teams().stream()
            .filter(each -> each.id() == call.id("id"))
            .findFirst()
            .orElseThrow(Refused::notFound);
    return account.settings().agents().stream()
        .filter(team::has)
        .map(agent -> ApiViews.agent(account, agent))
        .toList();
  }

  private static Object labels(Call call) {
    List<String> titles = call.account().settings().labels();
    var labels =
        IntStream.range(0, titles.size())
            .mapToObj(index ->
                Fields.of(
                    "id",
                    index + 1,
                    "title",
                    titles.get(index),
                    "description",
                    null,
                    "color",
                    "#1f93ff",
                    "show_on_sidebar",
                    true))
            .toList();
    return Fields.of("payload", labels);
  }

  private static Object cannedResponses(Call call) {
    String wanted = call.query("search").orElse("").toLowerCase(Locale.ROOT);
    var all = call.account().settings().cannedResponses();
    return IntStream.range(0, all.size())
        .filter(index ->
            (all.get(index).shortCode() + " " + all.get(index).content())
                .toLowerCase(Locale.ROOT)
                .contains(wanted))
        .mapToObj(index ->
            Fields.of(
                "id", index + 1,
                "account_id", call.account().number(),
                "short_code", all.get(index).shortCode(),
                "content", all.get(index).content()))
        .toList();
  }

  private static Object webhooks(Call call) {
    requireAdministrator(call);
    var found =
        call.account().webhooks().stream()
            .map(webhook -> ApiViews.webhook(call.account(), webhook))
            .toList();
    return Fields.of("payload", Fields.of("webhooks", found));
  }

  private Object addWebhook(Call call) {
    requireAdministrator(call);
    URI url = url(call.body().required("url"));
    List<String> subscriptions = subscriptions(call, Webhook.ALLOWED_EVENTS);
    synchronized (call.account()) {
      if (call.account().webhooks().stream().anyMatch(known -> known.url().equals(url))) {
        throw Refused.invalid("Url has already been taken", "url");
      }
      var webhook =
          new Webhook(
              installation.ids().webhooks.next(),
              call.body().text("name"),
              url,
              subscriptions,
              secrets.get());
      installation.appendNow(Row.of(call.account().number(), webhook));
      call.account().webhooks().add(webhook);
      return Fields.of("payload", Fields.of("webhook", ApiViews.webhook(call.account(), webhook)));
    }
  }

  private static List<String> subscriptions(Call call, List<String> otherwise) {
    List<String> events = call.body().texts("subscriptions");
    if (!Webhook.ALLOWED_EVENTS.containsAll(events)) {
      throw Refused.invalid("Subscriptions Invalid events", "subscriptions");
    }
    return events.isEmpty() ? otherwise : events;
  }

  private Object changeWebhook(Call call) {
    requireAdministrator(call);
    synchronized (call.account()) {
      Webhook known = webhook(call);
      String url = call.body().text("url");
      var changed =
          new Webhook(
              known.id(),
              call.body().has("name") ? call.body().text("name") : known.name(),
              url == null ? known.url() : url(url),
              subscriptions(call, known.subscriptions()),
              known.secret());
      installation.appendNow(Row.of(call.account().number(), changed));
      call.account().replace(changed);
      return Fields.of("payload", Fields.of("webhook", ApiViews.webhook(call.account(), changed)));
    }
  }

  /// Kept as one that wants nothing, which is how it is known to be gone after a restart.
  private Object deleteWebhook(Call call) {
    requireAdministrator(call);
    synchronized (call.account()) {
      Webhook known = webhook(call);
      var gone = new Webhook(known.id(), known.name(), known.url(), List.of(), known.secret());
      installation.appendNow(Row.of(call.account().number(), gone));
      call.account().replace(gone);
      return Fields.of();
    }
  }

  private static Webhook webhook(Call call) {
    return call.account().webhooks().stream()
        .filter(webhook -> webhook.id() == call.id("id"))
        .findFirst()
        .orElseThrow(Refused::notFound);
  }

  private static void requireAdministrator(Call call) {
    if (!(call.actor() instanceof Actor.User(var agent)) || !agent.role().equals("administrator")) {
      throw Refused.unauthorized("You are not authorized to do this action");
    }
  }

  private static URI url(String text) {
    try {
      URI url = URI.create(text);
      if (url.getHost() != null && List.of("http", "https").contains(url.getScheme())) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw Refused.invalid("Url Invalid URL", "url");
    }
    throw Refused.invalid("Url Invalid URL", "url");
  }
}
