package io.mcpcrew.local;

import static org.springframework.web.servlet.function.RouterFunctions.route;

import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.http.Problem;
import io.mcpcrew.runtime.tokens.Role;
import io.mcpcrew.runtime.tokens.Tokens;
import io.mcpcrew.schemas.AccountId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// The demo page's question why, asked with a token of the demo company's. There is none of this
/// outside a laptop.
@Configuration(proxyBeanMethods = false)
public class DemoWay {
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  @Bean
  RouterFunction<ServerResponse> demoWayRoutes(
      Tokens tokens, GuardedHttp http, Clock clock, Environment environment) {
    String url = environment.getRequiredProperty("local.url");
    return route()
        .GET("/demo/way/{account}/{conversation}/{message}", r -> way(r, url, tokens, http, clock))
        .build();
  }

  private static ServerResponse way(
      ServerRequest request, String url, Tokens tokens, GuardedHttp http, Clock clock)
      throws IOException, InterruptedException {
    String account = request.pathVariable("account");
    if (!DemoCompanies.ACCOUNTS.contains(account)) {
      return Problem.of(404, "unknown", "there is no such demo company");
    }
    String token =
        tokens.sign(
            new AccountId(account), Role.AGENT, "demo-page", clock.instant().plus(PATIENCE));
    URI uri =
        URI.create(
            "%s/why/%s/%s/%s"
                .formatted(
                    url,
                    account,
                    request.pathVariable("conversation").replaceAll("[^A-Za-z0-9._:-]", ""),
                    request.pathVariable("message").replaceAll("\\D", "")));
    var answer =
        http.send(
            HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token).build(),
            PATIENCE);
    return ServerResponse.status(answer.status())
        .contentType(MediaType.APPLICATION_JSON)
        .body(answer.text());
  }
}
