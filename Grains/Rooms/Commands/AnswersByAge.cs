namespace WhatsSound.Grains.Rooms;

/// <summary>How commands were answered, the oldest first: bounded by count and by age, the oldest goes first. A command id is its user's own.</summary>
internal sealed class AnswersByAge(RoomOptions options)
{
    private readonly Dictionary<(string UserId, string CommandId), KeptReceipt> _byId = [];
    private readonly Queue<(KeptReceipt Receipt, long Number)> _order = new();

    /// <summary>The oldest first, each with the entry of the journal that has it; 0: none has.</summary>
    public IEnumerable<(KeptReceipt Receipt, long Number)> Oldest => _order;

    public KeptReceipt? Find(string userId, string commandId) => _byId.GetValueOrDefault((userId, commandId));

    /// <summary>The answer that counts from now on; those that are too old by then are forgotten.</summary>
    public void Add(KeptReceipt receipt, long number = 0)
    {
        _byId[IdOf(receipt)] = receipt;
        _order.Enqueue((receipt, number));
        if (_order.Count > options.ReceiptsMax)
            Forget(_order.Dequeue().Receipt);
        ForgetOld(receipt.AtMs);
    }

    /// <summary>Gives back the memory of those that are too old: no other may come for a long time.</summary>
    public void ForgetOld(long nowMs)
    {
        var oldestMs = OldestMs(nowMs);
        var isAnyOld = false;
        for (; _order.TryPeek(out var oldest) && oldest.Receipt.AtMs < oldestMs; isAnyOld = true)
            Forget(_order.Dequeue().Receipt);
        if (!isAnyOld || _order.Count > 0)
            return;
        _order.TrimExcess();
        _byId.TrimExcess();
    }

    /// <summary>What was answered before this is too old.</summary>
    public long OldestMs(long nowMs) => nowMs - (long)options.ReceiptAge.TotalMilliseconds;

    private void Forget(KeptReceipt receipt)
    {
        if (_byId.TryGetValue(IdOf(receipt), out var known) && ReferenceEquals(known, receipt))
            _byId.Remove(IdOf(receipt));
    }

    private static (string UserId, string CommandId) IdOf(KeptReceipt receipt) => (receipt.UserId, receipt.CommandId);
}
