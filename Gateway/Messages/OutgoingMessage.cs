namespace WhatsSound.Gateway.Messages;

/// <summary>
/// A message for any number of sockets. Immutable, but for the encodings it remembers: each wire protocol encodes it once, whatever the number of sockets.
/// </summary>
internal abstract class OutgoingMessage
{
    private object[] _encodings = [];

    /// <summary>About how many bytes it takes on the wire; what outboxes are bounded by.</summary>
    public abstract int BytesEstimate { get; }

    /// <summary>The message in one wire protocol; <typeparamref name="TEncoded"/> belongs to that protocol alone.</summary>
    public TEncoded EncodedWith<TEncoded>(Func<OutgoingMessage, TEncoded> encode)
        where TEncoded : class
    {
        foreach (var encoding in Volatile.Read(ref _encodings))
        {
            if (encoding is TEncoded known)
                return known;
        }

        return Encode(encode);
    }

    /// <summary>A message that stands for <paramref name="older"/> and this one; null where both must be sent.</summary>
    public virtual OutgoingMessage? Replacing(OutgoingMessage older) => null;

    private TEncoded Encode<TEncoded>(Func<OutgoingMessage, TEncoded> encode)
        where TEncoded : class
    {
        lock (this)
        {
            foreach (var encoding in _encodings)
            {
                if (encoding is TEncoded known)
                    return known;
            }

            var encoded = encode(this);
            Volatile.Write(ref _encodings, [.. _encodings, encoded]);
            return encoded;
        }
    }
}
