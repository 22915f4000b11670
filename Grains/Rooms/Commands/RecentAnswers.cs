using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// The answers to recent commands that leave nothing in the store: chat messages, so that the same command has the same answer whatever the user may do by now,
/// and joins, whose ids are not for other commands. In memory only: the chat reads its own again from the log.
/// </summary>
internal sealed class RecentAnswers(RoomOptions options)
{
    private readonly AnswersByAge _answers = new(options);

    public KeptReceipt? Find(RoomCommand command, long nowMs)
    {
        ForgetOld(nowMs);
        return _answers.Find(command.UserId, command.CommandId);
    }

    public void ForgetOld(long nowMs) => _answers.ForgetOld(nowMs);

    /// <summary>Keeps the answer, unless the command has one.</summary>
    public void Add(KeptReceipt receipt)
    {
        if (_answers.Find(receipt.UserId, receipt.CommandId) is null)
            _answers.Add(receipt);
    }
}
