namespace WhatsSound.Gateway.Messages;

/// <summary>
/// A message for any number of sockets. Immutable, but for the encodings it remembers: each wire protocol encodes it once, whatever the number of sockets.
/// </summary>
internal abstract class OutgoingMessage
{
    private (IWireFormat Format, EncodedMessage Encoded)[] _encodings = [];

    /// <summary>About how many bytes it takes on the wire; what outboxes are bounded by.</summary>
    public abstract int BytesEstimate { get; }

    /// <summary>The channel whose delivery the message is a part of; null where it is none.</summary>
    public virtual string? Channel => null;

    /// <summary>The message in one wire protocol, encoded at the first call and shared from then on.</summary>
    public EncodedMessage EncodedIn(IWireFormat format) => Find(format) ?? Encode(format);

    /// <summary>A message that stands for <paramref name="older"/> and this one; null where both must be sent.</summary>
    public virtual OutgoingMessage? Replacing(OutgoingMessage older) => null;

    private EncodedMessage? Find(IWireFormat format)
    {
        foreach (var (known, encoded) in Volatile.Read(ref _encodings))
        {
            if (ReferenceEquals(known, format))
                return encoded;
        }

        return null;
    }

    private EncodedMessage Encode(IWireFormat format)
    {
        lock (this)
        {
            if (Find(format) is { } known)
                return known;
            var encoded = format.Encode(this);
            Volatile.Write(ref _encodings, [.. _encodings, (format, encoded)]);
            return encoded;
        }
    }
}
