/// Files of the operator's: YAML that is checked by a published schema, in folders that are read
/// again when something in them changes.
@NullMarked
package io.mcpcrew.crew.files;

import org.jspecify.annotations.NullMarked;
