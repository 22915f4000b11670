using WhatsSound.Channels;
using WhatsSound.Publications;
using WhatsSound.Rooms;
using WhatsSound.Tests.Simulation.Judges;

namespace WhatsSound.Tests.Rules.Composed;

/// <summary>
/// A subscriber of the room's channels over a lane that loses and doubles: it takes a frame that continues, reads the gap where one does not, and takes a
/// snapshot where the gap is lost. What it takes goes to a view that believes nothing.
/// </summary>
internal sealed class ModelClient(string roomId, Findings findings, Mistake mistake)
{
    private readonly HashSet<string> _behind = [];

    public RoomView View { get; } = new("the client", roomId, findings);

    /// <summary>Whether it can only go on from a snapshot.</summary>
    public bool IsLost { get; private set; } = true;

    public void Become(RoomSnapshot snapshot)
    {
        View.Become(snapshot);
        _behind.Clear();
        IsLost = false;
    }

    public void Take(ChannelFrame frame)
    {
        if (IsLost || _behind.Contains(frame.Channel))
            return;
        var follower = View.Of(frame.Channel);
        var at = follower.Position;
        if (frame.Epoch == at.Epoch && frame.HeadOffset <= at.Offset)
            return;
        if (frame.Epoch == at.Epoch && frame.PreviousOffset == at.Offset)
            follower.Take(frame);
        else if (mistake == Mistake.GapIsIgnored && frame.Epoch == at.Epoch)
            follower.Take(frame with { PreviousOffset = at.Offset });
        else
            _behind.Add(frame.Channel);
    }

    /// <summary>As a lease's renewal does: what the channel has sent is what the client must have.</summary>
    public void Compare(ModelChannel channel)
    {
        if (View.Of(channel.Name).Position != channel.Sent)
            _behind.Add(channel.Name);
    }

    /// <summary>Reads what it missed of a channel that can be reached.</summary>
    public void Recover(ModelChannel channel, long nowMs)
    {
        if (IsLost || !_behind.Contains(channel.Name) || !channel.IsReachable)
            return;
        var recovery = channel.Recover(View.Of(channel.Name).Position, nowMs);
        if (recovery.Verdict == Verdict.Recovered)
        {
            View.Of(channel.Name).TakeRecovered(recovery.Position, recovery.Class, recovery.Publications);
            _behind.Remove(channel.Name);
        }
        else
        {
            IsLost = true;
        }
    }
}
