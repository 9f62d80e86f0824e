package io.mcpcrew.simulators.chatwoot;

import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// Attachment links: the public one redirects, as ActiveStorage does, the second has the file.
final class AttachmentRoutes {
  /// Shown by a browser in place; everything else is only ever downloaded.
  private static final Set<String> SHOWN = Set.of("image", "audio", "video");

  private final AttachmentStore attachments;

  AttachmentRoutes(AttachmentStore attachments) {
    this.attachments = attachments;
  }

  RouterFunction<ServerResponse> routes() {
    return RouterFunctions.route()
        .GET("/rails/active_storage/blobs/redirect/{key}/{name}", this::redirect)
        .GET("/rails/active_storage/representations/redirect/{key}/{name}", this::redirect)
        .GET("/rails/active_storage/disk/{key}/{name}", this::file)
        .build();
  }

  private ServerResponse redirect(ServerRequest request) {
    var disk = request.uriBuilder();
    String path = request.path().replaceFirst("/(blobs|representations)/redirect/", "/disk/");
    return ServerResponse.status(302).location(disk.replacePath(path).build()).build();
  }

  private ServerResponse file(ServerRequest request) {
    return attachments
        .bytes(request.pathVariable("key"))
        .map(bytes -> file(request, bytes))
        .orElseGet(() -> ServerResponse.notFound().build());
  }

  private static ServerResponse file(ServerRequest request, byte[] bytes) {
    var type = type(request);
    boolean shown = SHOWN.contains(type.getType()) && !type.getSubtype().contains("svg");
    return ServerResponse.ok()
        .contentType(shown ? type : MediaType.APPLICATION_OCTET_STREAM)
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Disposition", shown ? "inline" : "attachment")
        .body(bytes);
  }

  private static MediaType type(ServerRequest request) {
    try {
      return MediaType.parseMediaType(
          request.param("content_type").orElse("application/octet-stream"));
    } catch (IllegalArgumentException e) {
      return MediaType.APPLICATION_OCTET_STREAM;
    }
  }
}
