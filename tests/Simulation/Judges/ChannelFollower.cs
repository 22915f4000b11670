using WhatsSound.Publications;

namespace WhatsSound.Tests.Simulation.Judges;

/// <summary>
/// A subscriber of one channel that believes nothing: every frame must continue the position it has (ordered: every offset), a recovery must cover all of
/// its gap, and what it takes is handed on once.
/// </summary>
internal sealed class ChannelFollower(string who, string channel, Action<Publication> take, Findings findings)
{
    private const string Law = "Subscriber";

    public string Channel => channel;

    public Position Position { get; private set; }

    /// <summary>A snapshot says where to go on.</summary>
    public void StartAt(Position position) => Position = position;

    /// <summary>A frame that came while a join or a snapshot was under way: what the snapshot has is left out, the rest must continue it.</summary>
    public void TakeHeldBack(ChannelFrame frame)
    {
        if (!IsSameEpoch(frame.Epoch) || frame.HeadOffset <= Position.Offset)
            return;
        Take(frame.PreviousOffset >= Position.Offset
            ? frame
            : frame with { PreviousOffset = Position.Offset, Publications = frame.Publications.RemoveAll(publication => publication.Offset <= Position.Offset) });
    }

    public void Take(ChannelFrame frame)
    {
        var continues = IsSameEpoch(frame.Epoch) && frame.PreviousOffset == Position.Offset;
        findings.Check(continues, Law, () => $"{who} has {channel} {Position}, and got a frame after {frame.Epoch}:{frame.PreviousOffset}.");
        TakeAll(frame.Publications, frame.HeadOffset, frame.Class);
        Position = new(frame.Epoch, frame.HeadOffset);
    }

    /// <summary>What a rejoin answered for the position that this subscriber named.</summary>
    public void TakeRecovered(Position position, DeliveryClass deliveryClass, IReadOnlyList<Publication> publications)
    {
        findings.Check(
            IsSameEpoch(position.Epoch) && position.Offset >= Position.Offset, Law, () => $"{who} asked for {channel} since {Position}, and recovered {position}.");
        TakeAll(publications, position.Offset, deliveryClass);
        Position = position;
    }

    private void TakeAll(IReadOnlyList<Publication> publications, long headOffset, DeliveryClass deliveryClass)
    {
        var last = Position.Offset;
        foreach (var publication in publications)
        {
            var isNext = deliveryClass == DeliveryClass.Ordered ? publication.Offset == last + 1 : publication.Offset > last;
            findings.Check(isNext, Law, () => $"{who} got {channel} {publication.Offset} after {last}.");
            last = publication.Offset;
            take(publication);
        }

        var reachesHead = deliveryClass == DeliveryClass.Ordered ? last == headOffset : last <= headOffset;
        findings.Check(reachesHead, Law, () => $"{who} was led to {channel} {headOffset}, and got {last}.");
    }

    private bool IsSameEpoch(string epoch) => string.Equals(Position.Epoch, epoch, StringComparison.Ordinal);
}
