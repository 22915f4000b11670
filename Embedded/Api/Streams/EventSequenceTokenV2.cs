using System.Globalization;
using Orleans.Streams;

namespace Orleans.Providers.Streams.Common;

/// <summary>A place in a stream whose events are numbered, and may come several to a number.</summary>
[GenerateSerializer]
public class EventSequenceTokenV2 : StreamSequenceToken
{
    public EventSequenceTokenV2()
    {
    }

    public EventSequenceTokenV2(long seqNumber)
        : this(seqNumber, 0)
    {
    }

    public EventSequenceTokenV2(long seqNumber, int eventInd)
    {
        SequenceNumber = seqNumber;
        EventIndex = eventInd;
    }

    [Id(0)]
    public sealed override long SequenceNumber { get; protected set; }

    [Id(1)]
    public sealed override int EventIndex { get; protected set; }

    public override bool Equals(StreamSequenceToken? other)
        => other is EventSequenceTokenV2 && SequenceNumber == other.SequenceNumber && EventIndex == other.EventIndex;

    public override bool Equals(object? obj) => Equals(obj as StreamSequenceToken);

    public override int CompareTo(StreamSequenceToken? other)
        => other is null ? 1 : (SequenceNumber, EventIndex).CompareTo((other.SequenceNumber, other.EventIndex));

    public override int GetHashCode() => HashCode.Combine(SequenceNumber, EventIndex);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{SequenceNumber}:{EventIndex}]");
}
