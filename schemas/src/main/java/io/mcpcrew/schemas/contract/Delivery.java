package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.TurnId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `crew.deliveries`: what the channel said.
///
/// @param withheld the reply, where it is to be released again or a person has to say it
public record Delivery(
    TurnId turn,
    String replyKey,
    DeliveryStatus status,
    @Nullable Long messageNumber,
    String detail,
    Instant at,
    @Nullable ReleasedReply withheld) {}
