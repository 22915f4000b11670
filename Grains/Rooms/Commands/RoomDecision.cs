using System.Collections.Immutable;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>What the rules answer: either events, and the room they lead to, or a refusal.</summary>
internal sealed record RoomDecision
{
    public Refusal? Refusal { get; init; }

    /// <summary>The room after <see cref="Events"/>; null exactly when refused.</summary>
    public Room? Room { get; init; }

    /// <summary>May be empty: then nothing changes.</summary>
    public ImmutableArray<RoomEvent> Events { get; init; } = [];

    /// <summary>Entries that the command made.</summary>
    public ImmutableArray<string> EntryIds { get; init; } = [];

    /// <summary>Of a batch of songs, what became of each, in its order; otherwise null.</summary>
    public ImmutableArray<SongAnswer>? Songs { get; init; }

    /// <summary>What the command is undone by; null: it cannot be undone.</summary>
    public long? Operation { get; init; }

    /// <summary>The invite that the command made.</summary>
    public string? Invite { get; init; }

    public static implicit operator RoomDecision(Refusal refusal) => new() { Refusal = refusal };
}
