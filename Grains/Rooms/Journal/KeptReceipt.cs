using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>The answer to a command that was carried out, kept so that the same command has one effect.</summary>
internal sealed record KeptReceipt
{
    public required string UserId { get; init; }

    public required string CommandId { get; init; }

    public required long AtMs { get; init; }

    public required RoomReceipt Receipt { get; init; }

    /// <summary>What was asked for, as <see cref="CommandPrint"/>; null in receipts of versions that did not keep it.</summary>
    public string? Print { get; init; }

    public static KeptReceipt Of(RoomCommand command, string print, RoomReceipt receipt, long nowMs) =>
        new() { UserId = command.UserId, CommandId = command.CommandId, AtMs = nowMs, Receipt = receipt, Print = print };

    /// <summary>What the command is told that came with this one's id: the same, unless it asks for something else.</summary>
    public Answer<RoomReceipt> AnswerTo(string print) =>
        Print is null || Print == print
            ? Receipt
            : Refusals.Final(RefusalCode.Conflict, "The id was used for another command; a new command needs a new one.", "commandId");
}
