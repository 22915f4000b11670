using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// The answers to recent chat messages, so that the same command has the same answer whatever the user may do by now. Bounded by count and age: at the bound
/// the oldest goes. In memory only: after a crash the chat channel knows the ids, and answers members.
/// </summary>
internal sealed class ChatReceipts(RoomOptions options)
{
    private readonly Dictionary<(string UserId, string CommandId), KeptReceipt> _receipts = [];
    private readonly Queue<KeptReceipt> _order = new();

    public KeptReceipt? Find(RoomCommand command, long nowMs)
    {
        var oldestMs = nowMs - (long)options.ReceiptAge.TotalMilliseconds;
        while (_order.TryPeek(out var oldest) && oldest.AtMs < oldestMs)
            _receipts.Remove(IdOf(_order.Dequeue()));
        return _receipts.GetValueOrDefault((command.UserId, command.CommandId));
    }

    /// <summary>Keeps the answer, unless the command has one.</summary>
    public void Add(KeptReceipt receipt)
    {
        if (!_receipts.TryAdd(IdOf(receipt), receipt))
            return;
        _order.Enqueue(receipt);
        if (_order.Count > options.ReceiptsMax)
            _receipts.Remove(IdOf(_order.Dequeue()));
    }

    private static (string UserId, string CommandId) IdOf(KeptReceipt receipt) => (receipt.UserId, receipt.CommandId);
}
