using WhatsSound.Playback;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>How commands were answered, so that each has one effect: what the journal has, what is only remembered, and which ids are the chat's. Bounded by <see cref="RoomOptions"/>.</summary>
internal sealed class RoomAnswers(RoomStore store, RoomOptions options, IRoomClock clock)
{
    private readonly RecentAnswers _recent = new(options);
    private readonly RecentAnswers _asked = new(options);

    /// <summary>What the command's id was answered already; a refusal where that was another command.</summary>
    public Answer<RoomReceipt>? Find(RoomCommand command, string print) =>
        (store.FindAnswer(command) ?? _recent.Find(command, clock.NowMs) ?? _asked.Find(command, clock.NowMs))?.AnswerTo(print);

    /// <summary>An answer that no entry of the journal is needed for.</summary>
    public void Remember(RoomCommand command, string print, RoomReceipt receipt) => _recent.Add(KeptReceipt.Of(command, print, receipt, clock.NowMs));

    /// <summary>The id is the chat's from now on, should the chat refuse the command or not.</summary>
    public void LeaveToChat(RoomCommand command, string print, RoomReceipt receipt) => _asked.Add(KeptReceipt.Of(command, print, receipt, clock.NowMs));

    /// <summary>Forgets those that are too old to be given again.</summary>
    public void ForgetOld()
    {
        store.ForgetOld();
        _recent.ForgetOld(clock.NowMs);
        _asked.ForgetOld(clock.NowMs);
    }
}
