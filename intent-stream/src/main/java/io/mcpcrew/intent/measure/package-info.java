/// What is measured: how old the oldest unread record is, and what is done for whom.
@NullMarked
package io.mcpcrew.intent.measure;

import org.jspecify.annotations.NullMarked;
