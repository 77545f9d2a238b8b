/**
 * The PTDaemon line protocol on Netty. {@link dev.wattline.ptd.PtdConnector} connects,
 * {@link dev.wattline.ptd.PtdConnection} carries {@link dev.wattline.ptd.PtdCommand}s without waiting,
 * {@link dev.wattline.ptd.PtdClient} waits for them, a {@link dev.wattline.ptd.PtdListener} sees all that passes.
 */
@NullMarked
package dev.wattline.ptd;

import org.jspecify.annotations.NullMarked;
