package io.mcpcrew.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A connection that calls a tool again and again, each time with a marker of its own. It does as
/// little as it can, because it runs on the processors that it measures.
final class McpCaller implements AutoCloseable {
  private final int port;
  private final String path;
  private final String token;
  private Socket socket = new Socket();
  private InputStream in = InputStream.nullInputStream();
  private OutputStream out = OutputStream.nullOutputStream();
  private boolean open;

  McpCaller(int port, String path, String token) {
    this.port = port;
    this.path = path;
    this.token = token;
  }

  private void connect() throws IOException {
    socket.close();
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(30_000);
    in = new BufferedInputStream(socket.getInputStream(), 4_096);
    out = socket.getOutputStream();
    open = true;
  }

  /// @return whether the answer is the one to this very call
  boolean call(String tool, long number) throws IOException {
    if (!open) {
      connect();
    }
    String marker = "m-" + number + "-m";
    byte[] body =
        """
        {"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"%s",\
        "arguments":{"account_id":"bench","marker":"%s"}}}\
        """
            .formatted(number, tool, marker)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] head =
        ("POST "
                + path
                + " HTTP/1.1\r\nHost: 127.0.0.1:"
                + port
                + "\r\nAuthorization: Bearer "
                + token
                + "\r\nAccept: application/json, text/event-stream\r\n"
                + "Content-Type: application/json\r\nMCP-Protocol-Version: 2025-11-25\r\n"
                + "Content-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[head.length + body.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    out.write(request);
    String answer = answer();
    return (answer.contains("\"id\":" + number + ",") || answer.contains("\"id\":" + number + "}"))
        && answer.contains("{\"marker\":\"" + marker + "\"}");
  }

  private String answer() throws IOException {
    String status = line();
    int length = -1;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      } else if (lower.equals("connection: close")) {
        open = false;
      }
    }
    byte[] body = length >= 0 ? in.readNBytes(length) : chunks();
    return status.contains(" 200") ? new String(body, StandardCharsets.UTF_8) : "";
  }

  private byte[] chunks() throws IOException {
    var whole = new ByteArrayOutputStream();
    for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
      whole.write(in.readNBytes(size));
      line();
    }
    line();
    return whole.toByteArray();
  }

  private String line() throws IOException {
    var line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the server hung up");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
