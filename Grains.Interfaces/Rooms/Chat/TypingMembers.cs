using System.Collections.Immutable;

namespace WhatsSound.Rooms;

/// <summary>Who writes: the content of a <c>typing</c> publication. It replaces the one before.</summary>
[GenerateSerializer, Immutable, Alias("ws.TypingMembers")]
public sealed record TypingMembers
{
    /// <summary>Those who began first come first.</summary>
    [Id(0)] public required ImmutableArray<TypingMember> Members { get; init; }
}
