package io.mcpcrew.mcp;

import io.mcpcrew.runtime.tokens.Bearer;
import io.mcpcrew.runtime.tokens.Role;
import io.mcpcrew.runtime.tokens.Tokens;
import io.mcpcrew.schemas.AccountId;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Does for a foreign program what the platform does for its agents: adds the account's token, and
/// the account to the arguments of a call. Everything else, Host and Origin among it, arrives as it
/// was sent. A request with a token of its own is left alone.
record OnBehalf(Tokens tokens, AccountId account)
    implements HandlerFilterFunction<ServerResponse, ServerResponse> {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Override
  public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next)
      throws Exception {
    if (Bearer.of(request).isPresent()) {
      return next.handle(request);
    }
    String token =
        tokens.sign(account, Role.TURN, "a-test", Instant.now().plus(Duration.ofMinutes(5)));
    var filled = new Filled(request.servletRequest(), "Bearer " + token, account);
    return new Written(next.handle(ServerRequest.create(filled, List.of())), filled);
  }

  private static final class Filled extends HttpServletRequestWrapper {
    private final String authorization;
    private final AccountId account;

    Filled(HttpServletRequest request, String authorization, AccountId account) {
      super(request);
      this.authorization = authorization;
      this.account = account;
    }

    @Override
    public String getHeader(String name) {
      return "Authorization".equalsIgnoreCase(name) ? authorization : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return "Authorization".equalsIgnoreCase(name)
          ? Collections.enumeration(List.of(authorization))
          : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      List<String> names = Collections.list(super.getHeaderNames());
      names.add("Authorization");
      return Collections.enumeration(names);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      var in = new ByteArrayInputStream(filled(super.getInputStream().readAllBytes()));
      return new ServletInputStream() {
        @Override
        public boolean isFinished() {
          return in.available() == 0;
        }

        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
          throw new UnsupportedOperationException("it is read at once");
        }

        @Override
        public int read() {
          return in.read();
        }

        @Override
        public int read(byte[] bytes, int from, int most) {
          return in.read(bytes, from, most);
        }
      };
    }

    @Override
    public BufferedReader getReader() throws IOException {
      return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    private byte[] filled(byte[] body) {
      if (JSON.readTree(body) instanceof ObjectNode message
          && "tools/call".equals(message.path("method").asString(""))) {
        message.withObject("params").withObject("arguments").put("account_id", account.value());
        return JSON.writeValueAsBytes(message);
      }
      return body;
    }
  }

  /// Written with the filled request, from which the connector reads only now.
  private record Written(ServerResponse response, HttpServletRequest filled)
      implements ServerResponse {
    @Override
    public HttpStatusCode statusCode() {
      return response.statusCode();
    }

    @Override
    public HttpHeaders headers() {
      return response.headers();
    }

    @Override
    public MultiValueMap<String, Cookie> cookies() {
      return response.cookies();
    }

    @Override
    public @Nullable ModelAndView writeTo(
        HttpServletRequest request, HttpServletResponse servletResponse, Context context)
        throws ServletException, IOException {
      return response.writeTo(filled, servletResponse, context);
    }
  }
}
