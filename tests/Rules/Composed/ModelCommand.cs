using WhatsSound.Channels;
using WhatsSound.Grains.Rooms;
using WhatsSound.Publications;
using WhatsSound.Rooms;
using WhatsSound.Tests.Simulation.Judges;

namespace WhatsSound.Tests.Rules.Composed;

/// <summary>A command as its sender remembers it: sent again it must have the same answer (INV-R1).</summary>
internal sealed class ModelCommand
{
    private RoomReceipt? _receipt;

    public ModelCommand(string userId, string id, Func<Room?, RoomDecision> decide)
    {
        UserId = userId;
        Id = id;
        Decide = decide;
    }

    public ModelCommand(string userId, string id, PublishRequest message)
    {
        UserId = userId;
        Id = id;
        Message = message;
    }

    public string UserId { get; }

    public string Id { get; }

    public long SentAtMs { get; set; }

    /// <summary>What the room makes of it; null for a chat message.</summary>
    public Func<Room?, RoomDecision>? Decide { get; }

    /// <summary>A chat message, which its channel takes.</summary>
    public PublishRequest? Message { get; }

    public Position? Position { get; private set; }

    public bool IsRefused { get; private set; }

    public bool IsSettled => IsRefused || _receipt is not null || Position is not null;

    public void Take(Answer<RoomReceipt> answer, Findings findings)
    {
        if (answer.Refusal is { Retryable: true })
            return;
        if (_receipt is { } given)
        {
            var isSame = answer.Value is { } again && again.Revision == given.Revision && again.EntryIds.SequenceEqual(given.EntryIds);
            findings.Check(isSame, "INV-R1", () => $"{Id} was answered revision {given.Revision}, and then {answer.Refusal?.Code ?? $"revision {answer.Value!.Revision}"}.");
        }

        _receipt ??= answer.Value;
        IsRefused = answer.IsRefused;
    }

    public void Take(Position position, Findings findings)
    {
        findings.Check(Position is null || Position == position, "INV-R1", () => $"{Id} was at {Position}, and then at {position}.");
        Position = position;
    }
}
