package io.mcpcrew.tools;

import java.util.Map;

/// A tool as its server declares it.
record Offered(
    String name,
    String title,
    String description,
    Map<String, Object> inputSchema,
    Map<String, Object> outputSchema,
    Map<String, Object> annotations,
    Map<String, Object> meta) {}
