package dev.wattline.protocol;

/** What a director answers to a request: one line, or a file in chunks. */
public sealed interface ControlAnswer permits ControlReply, SendFile {}
