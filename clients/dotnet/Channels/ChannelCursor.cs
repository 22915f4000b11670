namespace WhatsSound.Client;

/// <summary>Where a client is in one channel. Hands out each publication once, in order, and notices when one is missing.</summary>
internal sealed class ChannelCursor(Position position, bool isFiltered = false)
{
    /// <summary>The place up to which everything was taken.</summary>
    public Position Position { get; private set; } = position;

    /// <summary>Whether everything up to a position was taken.</summary>
    public bool Covers(Position position) => position.Epoch == Position.Epoch && position.Offset <= Position.Offset;

    /// <summary>
    /// The new publications of a live frame, or null: something before it is missing, and nothing was taken. One that is conflated or filtered may skip offsets inside,
    /// but has to continue the frame before it like any other.
    /// </summary>
    public IReadOnlyList<Publication>? Take(FrameMessage frame)
    {
        if (frame.Epoch != Position.Epoch || frame.PreviousOffset > Position.Offset)
            return null;
        var fresh = frame.Publications.Where(publication => publication.Offset > Position.Offset).ToList();
        if (frame.Class == DeliveryClass.Ordered && !isFiltered && !Continues(fresh, frame.HeadOffset))
            return null;
        Position = Position with { Offset = Math.Max(Position.Offset, frame.HeadOffset) };
        return fresh;
    }

    /// <summary>As <see cref="Take(FrameMessage)"/>, of an answer whose verdict is that all of the gap is in it.</summary>
    public IReadOnlyList<Publication>? Take(Recovery recovery) =>
        Take(new FrameMessage(recovery.Channel, recovery.Position.Epoch, recovery.Class, Position.Offset, recovery.Position.Offset, recovery.Publications));

    private bool Continues(List<Publication> fresh, long head)
    {
        for (var i = 0; i < fresh.Count; i++)
        {
            if (fresh[i].Offset != Position.Offset + 1 + i)
                return false;
        }

        return Position.Offset + fresh.Count >= head;
    }
}
