using System.Collections.Immutable;
using WhatsSound.Gateway.Messages;
using WhatsSound.Publications;
using WhatsSound.Users;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// The last messages that went to a client, by number, for a door whose protocol counts them in one row: what a client has got in each channel follows from how far it has counted. The door's
/// socket counts a message as it writes it. Safe from any thread. Socket.IO is such a protocol: each event carries an offset, and a client that comes back gives the last one that it has.
/// </summary>
/// <param name="marksMax">How many are remembered; a client that is further behind than that cannot say where it stands.</param>
internal sealed class SentRing(int marksMax)
{
    private readonly Lock _gate = new();
    private readonly Queue<SentMark> _marks = [];
    private long _count;

    /// <summary>Counts a message of a channel; answers its number.</summary>
    public long Add(OutgoingMessage message)
    {
        lock (_gate)
        {
            if (_marks.Count == marksMax)
                _marks.Dequeue();
            _marks.Enqueue(new SentMark(++_count, message.Channel!, PlaceBefore(message)));
            return _count;
        }
    }

    public (long Count, ImmutableArray<SentMark> Marks) Read()
    {
        lock (_gate)
            return (_count, [.. _marks]);
    }

    /// <summary>Where a session is in the message's channel that has not got the message; null: it does not say.</summary>
    public static Position? PlaceBefore(OutgoingMessage message) => message switch
    {
        FrameMessage { Frame: var frame } => new Position(frame.Epoch, frame.PreviousOffset),
        LostMessage { Lost: { LostFrom: { } from } lost } => lost.Position with { Offset = from - 1 },
        _ => null,
    };
}
