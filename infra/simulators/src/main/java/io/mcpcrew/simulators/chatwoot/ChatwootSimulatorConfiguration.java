package io.mcpcrew.simulators.chatwoot;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.UUID;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/// Wires one Chatwoot and its three sets of routes: API, demo API with attachments, and page.
///
/// The host needs only to serve the `RouterFunction` beans. Uploads are as large as its own
/// multipart settings allow.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ChatwootSimulatorSettings.class)
public class ChatwootSimulatorConfiguration {
  private static final SecureRandom RANDOM = new SecureRandom();

  @Bean
  Installation chatwootInstallation(ChatwootSimulatorSettings settings) {
    return new Installation(settings, InstantSource.system(), Json.MAPPER);
  }

  @Bean
  ConversationDesk chatwootConversationDesk(
      Installation installation, ChatwootSimulatorSettings settings) {
    return new ConversationDesk(
        installation,
        settings.limits().messagesPerConversationPerMinute(),
        ChatwootSimulatorConfiguration::uuid);
  }

  @Bean
  AttachmentStore chatwootAttachments(ChatwootSimulatorSettings settings) {
    return new AttachmentStore(
        settings.dataDir(), settings.baseUrl(), ChatwootSimulatorConfiguration::uuid);
  }

  @Bean
  PushForms chatwootPushForms(AttachmentStore attachments) {
    return new PushForms(attachments);
  }

  @Bean
  Faults chatwootFaults() {
    return new Faults();
  }

  @Bean
  WebhookDelivery chatwootWebhookDelivery(ChatwootSimulatorSettings settings, Faults faults) {
    return new WebhookDelivery(
        settings,
        faults,
        InstantSource.system(),
        ChatwootSimulatorConfiguration::uuid,
        Json.MAPPER);
  }

  @Bean
  WebhookSender chatwootWebhookSender(
      Installation installation, PushForms forms, WebhookDelivery delivery, ConversationDesk desk) {
    var sender = new WebhookSender(new WebhookPayloads(forms, desk), delivery, desk);
    installation.listen(sender);
    return sender;
  }

  @Bean
  DemoEvents chatwootDemoEvents(Installation installation) {
    var events = new DemoEvents(new DemoViews(), installation.clock().millis() * 1000);
    installation.listen(events);
    return events;
  }

  @Bean
  Why chatwootWhy(ChatwootSimulatorSettings settings) {
    return new Why(settings.whyUrl());
  }

  @Bean
  RouterFunction<ServerResponse> chatwootApiRoutes(
      ChatwootSimulatorSettings settings,
      Installation installation,
      ConversationDesk desk,
      AttachmentStore attachments,
      PushForms forms,
      Faults faults,
      WebhookSender sender) {
    var limits = new RateLimits(installation.clock());
    var door =
        new ApiDoor(
            installation, attachments, limits, settings.limits().requestsPerMinutePerIp(), faults);
    var views = new ApiViews(forms, desk);
    var routes = RouterFunctions.route();
    new MessageApi(desk, installation, attachments, views, faults).addRoutes(routes, door);
    new ConversationApi(desk, installation, views, forms, ChatwootSimulatorConfiguration::uuid)
        .addRoutes(routes, door);
    new ContactApi(
            desk,
            installation,
            views,
            limits,
            settings.limits().contactSearchPerMinute(),
            ChatwootSimulatorConfiguration::uuid)
        .addRoutes(routes, door);
    new AccountApi(installation, ChatwootSimulatorConfiguration::secret).addRoutes(routes, door);
    return RouterFunctions.route().path("/api/v1/accounts/{account_id}", routes::build).build();
  }

  @Bean
  RouterFunction<ServerResponse> chatwootDemoRoutes(
      Installation installation,
      ConversationDesk desk,
      DemoEvents events,
      AttachmentStore attachments,
      Why why,
      Faults faults) {
    var customer =
        new DemoCustomer(installation, desk, attachments, ChatwootSimulatorConfiguration::uuid);
    var demo =
        new DemoApi(
            installation, desk, customer, new DemoViews(), events, attachments, why, faults);
    return demo.routes().and(new AttachmentRoutes(attachments).routes());
  }

  @Bean
  RouterFunction<ServerResponse> chatwootDemoPage() {
    return DemoPage.routes();
  }

  private static String uuid() {
    return UUID.randomUUID().toString();
  }

  private static String secret() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
