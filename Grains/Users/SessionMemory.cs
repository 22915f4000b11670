using System.Collections.Immutable;
using WhatsSound.Users;

namespace WhatsSound.Grains.Users;

/// <summary>
/// What a user's sessions take along to another silo. Read by older and newer programs: fields are added, never changed; what cannot be read so is a new key.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.SessionMemory")]
internal sealed record SessionMemory
{
    private const string Key = "sessions";

    /// <summary>The sessions that wait, in the order in which they came.</summary>
    [Id(0)] public ImmutableArray<ParkedSession> Parked { get; init; } = [];

    /// <summary>Until when each waits, in Unix milliseconds.</summary>
    [Id(1)] public ImmutableArray<long> UntilMs { get; init; } = [];

    /// <summary>Where others live.</summary>
    [Id(2)] public ImmutableArray<SessionHold> Holds { get; init; } = [];

    public static void Write(IDehydrationContext context, ParkedSessions sessions, IEnumerable<SessionHold> holds) =>
        context.TryAddValue(Key, new SessionMemory
        {
            Parked = [.. sessions.All.Select(static parked => parked.Session)],
            UntilMs = [.. sessions.All.Select(static parked => parked.Until.ToUnixTimeMilliseconds())],
            Holds = [.. holds],
        });

    public static SessionMemory? Read(IRehydrationContext context) => context.TryGetValue<SessionMemory>(Key, out var memory) ? memory : null;

    public ImmutableArray<ParkedSessions.Parked> All =>
        [.. Parked.Zip(UntilMs, static (session, untilMs) => new ParkedSessions.Parked(session, DateTimeOffset.FromUnixTimeMilliseconds(untilMs)))];
}
