@NullMarked
package io.mcpcrew.simulators.odoo;

import org.jspecify.annotations.NullMarked;
