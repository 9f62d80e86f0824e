package io.mcpcrew.runtime.host;

import io.mcpcrew.runtime.http.HttpSettings;
import io.mcpcrew.runtime.kafka.KafkaSettings;
import io.mcpcrew.runtime.telemetry.TelemetrySettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What all services of an installation share.
@ConfigurationProperties("platform")
public record PlatformSettings(
    @NestedConfigurationProperty @DefaultValue KafkaSettings kafka,
    @NestedConfigurationProperty @DefaultValue TelemetrySettings telemetry,
    @NestedConfigurationProperty @DefaultValue HttpSettings http) {}
