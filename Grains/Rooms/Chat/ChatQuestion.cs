using System.Collections.Immutable;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Whether somebody may do something in the chat now.</summary>
[GenerateSerializer, Immutable, Alias("ws.ChatQuestion")]
internal sealed record ChatQuestion
{
    [Id(0)] public required ChatAct Act { get; init; }

    [Id(1)] public required string UserId { get; init; }

    /// <summary>The command that it is for; null: none, and nothing is to be told apart by its id.</summary>
    [Id(2)] public RoomCommand? Command { get; init; }

    /// <summary>What the command asks for, as <see cref="CommandPrint"/>.</summary>
    [Id(3)] public string? Print { get; init; }

    /// <summary>Whom it mentions.</summary>
    [Id(4)] public ImmutableArray<string> Mentions { get; init; } = [];

    /// <summary>Whose message it is about; null: one's own.</summary>
    [Id(5)] public string? OfUserId { get; init; }
}
