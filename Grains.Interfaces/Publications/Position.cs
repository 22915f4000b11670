namespace WhatsSound.Publications;

/// <summary>
/// A place in a channel. Offsets count publications from 1 and have no gap; 0 is the place before the first.
/// The epoch changes only when the numbering was lost, so positions of two epochs cannot be compared.
/// </summary>
/// <param name="Epoch">Up to 32 characters; opaque.</param>
/// <param name="Offset">How many publications came before and at this place.</param>
[GenerateSerializer, Immutable, Alias("ws.Position")]
public readonly record struct Position([property: Id(0)] string Epoch, [property: Id(1)] long Offset);
