package io.mcpcrew.simulators.chatwoot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// What every call of the application API passes: rate limit, token, account, bot rights; and the
/// way in which a refusal is answered.
final class ApiDoor {
  private static final Logger LOGGER = LoggerFactory.getLogger(ApiDoor.class);
  static final String UPLOADS = "attachments";

  private final Installation installation;
  private final AttachmentStore attachments;
  private final RateLimits limits;
  private final int perMinuteAndIp;
  private final Faults faults;

  /// A call that was let in.
  record Call(Account account, Actor actor, ServerRequest request, RequestBody body) {
    long id(String variable) {
      return number(request.pathVariable(variable));
    }

    Conversation conversation() {
      return account.conversation(id("id"));
    }

    Optional<String> query(String name) {
      return request.param(name).filter(value -> !value.isBlank());
    }

    @Nullable Long queryNumber(String name) {
      return query(name).filter(text -> text.matches("\\d{1,18}")).map(Long::valueOf).orElse(null);
    }

    int page() {
      Long page = queryNumber("page");
      return page == null ? 1 : Math.clamp(page, 1, 1_000_000);
    }
  }

  /// Returns a body for 200, a whole answer, or nothing for an empty 200.
  interface Work {
    @Nullable Object answer(Call call) throws Exception;
  }

  ApiDoor(
      Installation installation,
      AttachmentStore attachments,
      RateLimits limits,
      int perMinuteAndIp,
      Faults faults) {
    this.installation = installation;
    this.attachments = attachments;
    this.limits = limits;
    this.perMinuteAndIp = perMinuteAndIp;
    this.faults = faults;
  }

  HandlerFunction<ServerResponse> forUsers(Work work) {
    return request -> enter(request, false, work);
  }

  HandlerFunction<ServerResponse> forUsersAndBots(Work work) {
    return request -> enter(request, true, work);
  }

  private ServerResponse enter(ServerRequest request, boolean botsToo, Work work)
      throws InterruptedException {
    attachments.reachedAt(request.uri());
    String ip = request.remoteAddress().map(Object::toString).orElse("").replaceFirst(":\\d+$", "");
    if (!limits.allows("ip " + ip, perMinuteAndIp)) {
      return tooMany();
    }
    faults.waitBeforeAnswer();
    try {
      return answered(work.answer(admitted(request, botsToo)));
    } catch (Refused refused) {
      return Json.refused(refused);
    } catch (Exception e) {
      LOGGER.atError().addKeyValue("path", request.path()).setCause(e).log("simulator failed");
      return Json.answer(500, Map.of("error", "We're sorry, but something went wrong"));
    }
  }

  static ServerResponse tooMany() {
    return ServerResponse.status(429).contentType(MediaType.TEXT_PLAIN).body("Retry later\n");
  }

  private static ServerResponse answered(@Nullable Object answer) {
    if (answer instanceof ServerResponse whole) {
      return whole;
    }
    return answer == null ? ServerResponse.ok().build() : Json.ok(answer);
  }

  private Call admitted(ServerRequest request, boolean botsToo) throws Exception {
    var holder = holder(request);
    if (holder.actor() instanceof Actor.Bot && !botsToo) {
      throw Refused.unauthorized("Access to this endpoint is not authorized for bots");
    }
    var account = installation.account(number(request.pathVariable("account_id")));
    if (account != holder.account()) {
      throw Refused.unauthorized(
          holder.actor() instanceof Actor.Bot
              ? "Bot is not authorized to access this account"
              : "You are not authorized to access this account");
    }
    return new Call(account, holder.actor(), request, body(request));
  }

  private Installation.Holder holder(ServerRequest request) {
    String token = request.headers().firstHeader("api_access_token");
    if (token == null || token.isBlank()) {
      throw Refused.unauthenticated();
    }
    return installation
        .holderOf(token)
        .orElseThrow(() -> Refused.unauthorized("Invalid Access Token"));
  }

  private static RequestBody body(ServerRequest request) throws Exception {
    MediaType type = request.headers().contentType().orElse(MediaType.APPLICATION_JSON);
    if (type.isCompatibleWith(MediaType.MULTIPART_FORM_DATA)) {
      return multipart(request);
    }
    if (type.isCompatibleWith(MediaType.APPLICATION_FORM_URLENCODED)) {
      return new RequestBody(rails(request.params().toSingleValueMap()));
    }
    return RequestBody.ofJson(request.body(byte[].class), Json.MAPPER);
  }

  private static RequestBody multipart(ServerRequest request) throws Exception {
    var values = new LinkedHashMap<String, @Nullable Object>();
    var uploads = new ArrayList<jakarta.servlet.http.Part>();
    for (var part : request.servletRequest().getParts()) {
      if (part.getSubmittedFileName() == null) {
        nest(values, part.getName(), text(part));
      } else {
        uploads.add(part);
      }
    }
    values.put(UPLOADS, List.copyOf(uploads));
    return new RequestBody(values);
  }

  private static String text(jakarta.servlet.http.Part part) throws IOException {
    try (var in = part.getInputStream()) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  private static Map<String, @Nullable Object> rails(Map<String, String> flat) {
    var values = new LinkedHashMap<String, @Nullable Object>();
    flat.forEach((name, value) -> nest(values, name, value));
    return values;
  }

  /// `content_attributes[in_reply_to]` becomes an object, as Rails reads it.
  @SuppressWarnings("unchecked") // only objects made here are looked into
  private static void nest(Map<String, @Nullable Object> values, String name, String value) {
    int bracket = name.indexOf('[');
    if (bracket <= 0 || !name.endsWith("]") || name.endsWith("[]")) {
      values.put(name, value);
      return;
    }
    Object inner =
        values.computeIfAbsent(
            name.substring(0, bracket), _ -> new LinkedHashMap<String, @Nullable Object>());
    if (inner instanceof Map<?, ?> object) {
      ((Map<String, @Nullable Object>) object)
          .put(name.substring(bracket + 1, name.length() - 1), value);
    }
  }

  /// A path's id; what is no number is no record.
  private static long number(String text) {
    if (!Objects.requireNonNullElse(text, "").matches("\\d{1,18}")) {
      throw Refused.notFound();
    }
    return Long.parseLong(text);
  }
}
