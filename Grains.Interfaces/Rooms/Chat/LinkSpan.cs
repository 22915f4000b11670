namespace WhatsSound.Rooms;

/// <summary>A part of a text that is a link over http or https: nothing else is to be shown as one.</summary>
/// <param name="Start">Where it starts, in UTF-16 code units, as JavaScript and .NET count them.</param>
/// <param name="Length">How long it is.</param>
[GenerateSerializer, Immutable, Alias("ws.LinkSpan")]
public readonly record struct LinkSpan([property: Id(0)] int Start, [property: Id(1)] int Length);
