using System.Collections.Immutable;
using WhatsSound.Grains.Queue.Commands;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>What the adder of a batch is told of each song.</summary>
internal static class SongAnswers
{
    public static ImmutableArray<SongAnswer>? Of(ImmutableArray<SongResult> results) =>
        results.IsEmpty ? null : [.. results.Select(result => new SongAnswer { EntryId = result.EntryId, Refusal = result.Refusal })];
}
