/// Taking turns: claimed in one transaction with their offsets, kept by signs of life, concluded in
/// the same log.
@NullMarked
package io.mcpcrew.crew.claim;

import org.jspecify.annotations.NullMarked;
