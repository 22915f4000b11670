using System.Collections.Immutable;
using WhatsSound.Grains.Presence;
using WhatsSound.Grains.Queue.Ballots;

namespace WhatsSound.Grains.Rooms;

/// <summary>What a decision may look at besides the room itself.</summary>
/// <param name="NowMs">Room time.</param>
/// <param name="Attendance">Who is here.</param>
/// <param name="Electorate">Who of them has a say about the song that plays.</param>
/// <param name="Options">The limits.</param>
internal sealed record RoomMoment(long NowMs, Attendance Attendance, Electorate Electorate, RoomOptions Options)
{
    /// <summary>When something that is started now starts for everybody.</summary>
    public long LeadMs => NowMs + (long)(Lead ?? Options.Lead).TotalMilliseconds;

    /// <summary>How many heard the song that plays; null: nobody counts.</summary>
    public SongAudience? Audience { get; init; }

    /// <summary>How far ahead starts are announced; null: nobody has reported how far away they are.</summary>
    public TimeSpan? Lead { get; init; }

    /// <summary>Who was sent out by a sanction, and has not come in again, though presence may still name them, and the sanction may be lifted.</summary>
    public Func<string, bool> IsKicked { get; init; } = static _ => false;

    /// <summary>Whose players have a song ready, by its entry.</summary>
    public Func<string, ImmutableHashSet<string>> ReadyOf { get; init; } = static _ => [];
}
