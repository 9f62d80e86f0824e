package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.TurnId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `crew.deliveries`: what the channel said.
public record Delivery(
    TurnId turn,
    String replyKey,
    DeliveryStatus status,
    @Nullable Long messageNumber,
    String detail,
    Instant at) {}
