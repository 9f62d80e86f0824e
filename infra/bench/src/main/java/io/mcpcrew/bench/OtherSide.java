package io.mcpcrew.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The HTTP server of who is called by what is measured. It shares the processors with it, so one
/// thread reads, answers and writes, and hands nothing on.
final class OtherSide implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(OtherSide.class);
  private static final int LARGEST = 1024 * 1024;
  private static final int WAITING = 4_096;

  private final EventLoopGroup thread =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Answering answering;
  private final int port;

  /// @param path with its query
  record Asked(String method, String path, HttpHeaders headers, String body) {
    /// Empty when there is none.
    String header(String name) {
      return headers.get(name, "");
    }
  }

  /// @param after how long it is kept back
  record Answer(int status, String json, Duration after) {
    static Answer of(String json) {
      return new Answer(200, json, Duration.ZERO);
    }
  }

  /// Must not wait; what takes time answers later, from any thread.
  @FunctionalInterface
  interface Answering {
    void answer(Asked asked, Consumer<Answer> to);
  }

  OtherSide(Answering answering) {
    this.answering = answering;
    Channel listening =
        new ServerBootstrap()
            .group(thread)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, WAITING)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new Connection())
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
    this.port = ((InetSocketAddress) listening.localAddress()).getPort();
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  private final class Connection extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
      channel
          .pipeline()
          .addLast(new HttpServerCodec(), new HttpObjectAggregator(LARGEST), new Requests());
    }
  }

  private final class Requests extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      var asked =
          new Asked(
              request.method().name(),
              request.uri(),
              request.headers(),
              request.content().toString(StandardCharsets.UTF_8));
      answering.answer(asked, answer -> send(context, answer));
    }

    /// Who calls may be killed in the middle of it; anything else is a mistake of ours.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (!(cause instanceof IOException)) {
        LOGGER.atError().setCause(cause).log("a request was not answered");
      }
      var _ = context.close();
    }

    private void send(ChannelHandlerContext context, Answer answer) {
      if (answer.after().isZero()) {
        write(context, answer);
        return;
      }
      var _ =
          context
              .executor()
              .schedule(
                  () -> write(context, answer), answer.after().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void write(ChannelHandlerContext context, Answer answer) {
      var _ = context.writeAndFlush(response(answer), context.voidPromise());
    }
  }

  private static DefaultFullHttpResponse response(Answer answer) {
    byte[] body = answer.json().getBytes(StandardCharsets.UTF_8);
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            Unpooled.wrappedBuffer(body));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
        .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
    return response;
  }

  @Override
  public void close() {
    thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
