using WhatsSound.Rooms;

namespace WhatsSound.Tests.Simulation.Judges;

/// <summary>A command as its sender remembers it: the answer that counts is the first that settles it.</summary>
internal sealed class SentCommand(RoomCommand command, string what, Func<IRoomGrain, RoomCommand, Task<Answer<RoomReceipt>>> call, TimeSpan sentAt)
{
    public RoomCommand Command => command;

    public string What => what;

    public TimeSpan SentAt => sentAt;

    /// <summary>Whether it says something, which takes more than taking it back.</summary>
    public bool IsSaying { get; init; }

    public RoomReceipt? Receipt { get; private set; }

    public Refusal? Refusal { get; private set; }

    public bool IsSettled => Receipt is not null || Refusal is not null;

    /// <summary>What follows from the command having been carried out.</summary>
    public Action? OnCarriedOut { get; init; }

    /// <summary>What follows from the command having had no effect.</summary>
    public Action? OnRefused { get; init; }

    public Task<Answer<RoomReceipt>> SendAsync(IRoomGrain room) => call(room, command);

    /// <summary>Whether the answer settles it; a second answer must be the first (INV-R1).</summary>
    public bool Take(Answer<RoomReceipt> answer, Findings findings)
    {
        if (answer.Refusal is { Retryable: true })
            return IsSettled;
        if (Receipt is { } given)
            findings.Check(answer.Value is { } again && IsSame(given, again), "INV-R1", () => $"{What} was answered {Text(given)}, and then {Text(answer)}.");
        else if (answer.Value is { } receipt)
            Receipt = receipt;
        else
            Refusal = answer.Refusal;
        return true;
    }

    private static bool IsSame(RoomReceipt one, RoomReceipt other) =>
        one.EntryIds.SequenceEqual(other.EntryIds) && one.Position == other.Position && (one.Position is not null || one.Revision == other.Revision);

    private static string Text(Answer<RoomReceipt> answer) => answer.Refusal?.Code ?? Text(answer.Value!);

    private static string Text(RoomReceipt receipt) => $"revision {receipt.Revision}, entries [{string.Join(' ', receipt.EntryIds)}], {receipt.Position}";
}
