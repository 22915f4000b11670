using WhatsSound.Publications;

namespace WhatsSound.Channels;

/// <summary>
/// What a publication makes of one before it: in the message log, and in what can be recovered, the earlier one has other data from then on. It keeps its offset, its id, its time and its publisher. Who has it
/// already learns of the change from the publication itself. If that has a key, those of the key between the two, which amended the same before, have its data from then on. What is for one user alone amends what is for that user alone, and what is for all what is for all.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.Amendment")]
public sealed record Amendment
{
    /// <summary>Which publication, of the same epoch. One that is no longer kept is no error.</summary>
    [Id(0)] public required long Offset { get; init; }

    /// <summary>Its data from then on, up to the channel's publication size.</summary>
    [Id(1)] public required Payload Data { get; init; }
}
