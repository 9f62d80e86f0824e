/// One trace from the webhook to the posted reply, and the fields that every log line carries.
@NullMarked
package io.mcpcrew.runtime.telemetry;

import org.jspecify.annotations.NullMarked;
