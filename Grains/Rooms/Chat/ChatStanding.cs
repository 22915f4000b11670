namespace WhatsSound.Grains.Rooms;

/// <summary>What a member may do in the chat at one moment. It is as old as the answer, and nobody keeps it.</summary>
[GenerateSerializer, Immutable, Alias("ws.ChatStanding")]
internal sealed record ChatStanding
{
    /// <summary>The room's.</summary>
    [Id(0)] public required long Revision { get; init; }

    /// <summary>Whether nobody is to get what they say, though they are told otherwise.</summary>
    [Id(1)] public bool IsShadowMuted { get; init; }

    /// <summary>How long they wait between two messages; 0: not at all.</summary>
    [Id(2)] public int SlowModeSeconds { get; init; }

    /// <summary>Why they may not post links; null: they may.</summary>
    [Id(3)] public Refusal? LinksRefusal { get; init; }

    /// <summary>Why they may not mention everybody; null: they may.</summary>
    [Id(4)] public Refusal? EveryoneRefusal { get; init; }

    /// <summary>One whom they mention and who is not in the room; null: all are.</summary>
    [Id(5)] public string? StrangerId { get; init; }

    /// <summary>Why they may not take back the message that they ask for; null: they may.</summary>
    [Id(6)] public Refusal? DeleteRefusal { get; init; }

    /// <summary>How many are in the room.</summary>
    [Id(7)] public int MembersCount { get; init; }

    /// <summary>The song that plays; null: none.</summary>
    [Id(8)] public string? EntryId { get; init; }
}
