using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// The answers to recent chat messages, so that the same command has the same answer whatever the user may do by now. Bounded by count and age: at the bound
/// the oldest goes. In memory only: after a crash the chat channel knows the ids, and answers members.
/// </summary>
internal sealed class ChatReceipts(RoomOptions options)
{
    private readonly Dictionary<(string UserId, string CommandId), RoomReceipt> _receipts = [];
    private readonly Queue<((string UserId, string CommandId) Id, long AtMs)> _order = new();

    public RoomReceipt? Find(RoomCommand command, long nowMs)
    {
        var oldestMs = nowMs - (long)options.ReceiptAge.TotalMilliseconds;
        while (_order.TryPeek(out var oldest) && oldest.AtMs < oldestMs)
            _receipts.Remove(_order.Dequeue().Id);
        return _receipts.GetValueOrDefault(IdOf(command));
    }

    /// <summary>Keeps the answer, unless the command has one.</summary>
    public void Add(RoomCommand command, RoomReceipt receipt, long nowMs)
    {
        if (!_receipts.TryAdd(IdOf(command), receipt))
            return;
        _order.Enqueue((IdOf(command), nowMs));
        if (_order.Count > options.ReceiptsMax)
            _receipts.Remove(_order.Dequeue().Id);
    }

    private static (string UserId, string CommandId) IdOf(RoomCommand command) => (command.UserId, command.CommandId);
}
