package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.Content;

/// Something found in a text: a product, a quantity, an order number, a CPF.
public record Entity(String kind, Content value) {}
