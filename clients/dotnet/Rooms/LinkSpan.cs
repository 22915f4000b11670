namespace WhatsSound.Client;

/// <summary>A part of a text that is a link over http or https.</summary>
/// <param name="Start">Where it starts, in UTF-16 code units.</param>
/// <param name="Length">How long it is.</param>
public sealed record LinkSpan(int Start, int Length);
