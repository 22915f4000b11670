using System.Collections.Immutable;
using WhatsSound.Grains.Presence;
using WhatsSound.Presence;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// What a room hands over when it moves to another silo, beside its saved state: who is here, so that nobody is asked to prove it. The rest of its memory is
/// either found again or forgotten without harm. Read by older and newer programs: fields are added, never changed; what cannot be read so is a new key.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.RoomMemory")]
internal sealed record RoomMemory
{
    private const string Key = "ws.room.memory.1";

    [Id(0)] public required ImmutableArray<RosterMember> Members { get; init; }

    [Id(1)] public required ImmutableArray<string> Unconfirmed { get; init; }

    /// <summary>Room time, as in <see cref="Attendance"/>.</summary>
    [Id(2)] public required long? SettlesAtMs { get; init; }

    /// <summary>Room time, as in <see cref="Attendance"/>.</summary>
    [Id(3)] public required long? HostAbsentSinceMs { get; init; }

    /// <summary>The version of presence up to which the room knows it.</summary>
    [Id(4)] public required long PresenceVersion { get; init; }

    /// <summary>As in <see cref="Attendance"/>. An older program leaves it out.</summary>
    [Id(5)] public string? HostLeft { get; init; }

    public Attendance Attendance => new()
    {
        Members = ImmutableDictionary.CreateRange(Members.Select(member => KeyValuePair.Create(member.UserId, member.JoinedAtMs))),
        Unconfirmed = [.. Unconfirmed],
        SettlesAtMs = SettlesAtMs,
        HostAbsentSinceMs = HostAbsentSinceMs,
        HostLeft = HostLeft,
    };

    public static void Write(IDehydrationContext context, Attendance attendance, long presenceVersion) => context.TryAddValue(Key, new RoomMemory
    {
        Members = attendance.ToRoster(),
        Unconfirmed = [.. attendance.Unconfirmed],
        SettlesAtMs = attendance.SettlesAtMs,
        HostAbsentSinceMs = attendance.HostAbsentSinceMs,
        HostLeft = attendance.HostLeft,
        PresenceVersion = presenceVersion,
    });

    /// <summary>The memory; null if there is none: the room then goes on as after a crash.</summary>
    public static RoomMemory? Read(IRehydrationContext context) => context.TryGetValue<RoomMemory>(Key, out var memory) ? memory : null;
}
