using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>The answers that were given and saved.</summary>
internal sealed class Receipts(RoomOptions options)
{
    private readonly AnswersByAge _answers = new(options);

    /// <summary>The entry of the journal that has the oldest which is not too old; null: none is needed.</summary>
    public long? OldestNumber(long nowMs)
    {
        var oldestMs = _answers.OldestMs(nowMs);
        foreach (var (receipt, number) in _answers.Oldest)
        {
            if (number > 0 && receipt.AtMs >= oldestMs)
                return number;
        }

        return null;
    }

    /// <summary>Those that no entry of the journal has, oldest first.</summary>
    public IEnumerable<KeptReceipt> WithoutEntry => _answers.Oldest.Where(static kept => kept.Number == 0).Select(static kept => kept.Receipt);

    public KeptReceipt? Find(RoomCommand command) => _answers.Find(command.UserId, command.CommandId);

    /// <param name="receipt">The answer.</param>
    /// <param name="number">The entry of the journal that has it; 0: none has.</param>
    public void Add(KeptReceipt receipt, long number) => _answers.Add(receipt, number);

    public void ForgetOld(long nowMs) => _answers.ForgetOld(nowMs);
}
