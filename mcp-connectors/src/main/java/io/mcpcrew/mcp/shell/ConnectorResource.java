package io.mcpcrew.mcp.shell;

/// Something to read at an address: how clients see it, and the function behind it. It names no
/// account: it is read for the account of the caller's token.
///
/// @param uri an address, or a template such as `odoo://orders/{reference}`, whose variables are
///   the call's arguments
/// @param binary whether the answer's text is base64 of bytes
/// @param body answers with the content as the result's text
public record ConnectorResource(
    String uri,
    String name,
    String description,
    String mimeType,
    boolean binary,
    ConnectorTool.Body body) {

  boolean isTemplate() {
    return uri.indexOf('{') >= 0;
  }
}
