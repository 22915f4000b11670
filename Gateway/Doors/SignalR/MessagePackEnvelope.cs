using System.Buffers;
using MessagePack;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>The outside of a MessagePack hub message, an array by whose first item it is known what the others are.</summary>
internal static class MessagePackEnvelope
{
    /// <summary>Type, headers, id, target, arguments; the ids of streams may follow.</summary>
    private const int CallItemsMin = 5;

    public static InvocationEnvelope Read(in ReadOnlySequence<byte> message)
    {
        var envelope = default(InvocationEnvelope);
        var reader = new MessagePackReader(message);
        try
        {
            var items = reader.ReadArrayHeader();
            envelope = envelope with { Type = reader.ReadInt32() };
            var itemsRead = 1;
            if (envelope.IsCall)
            {
                if (items < CallItemsMin)
                    return envelope with { IsMalformed = true };
                ReadCall(ref reader, message, ref envelope);
                itemsRead = CallItemsMin;
                if (items > itemsRead && reader.NextMessagePackType == MessagePackType.Array)
                {
                    // An item of the array is read as one of the message.
                    var streams = reader.ReadArrayHeader();
                    envelope = envelope with { HasStreams = streams > 0 };
                    itemsRead += 1 - streams;
                }
            }

            Skip(ref reader, items - itemsRead);
            return envelope with { IsMalformed = !reader.End };
        }
        catch (Exception exception) when (IsMalformed(exception))
        {
            // Not MessagePack, an item of another type, or fewer than were promised.
            return envelope with { IsMalformed = true };
        }
    }

    /// <summary>What the reader throws at what is not MessagePack, of another type than is read, or shorter than it says: for lengths above 2 GiB, that an argument is out of range.</summary>
    public static bool IsMalformed(Exception exception) =>
        exception is MessagePackSerializationException or EndOfStreamException or OverflowException or InvalidOperationException or ArgumentOutOfRangeException;

    private static void ReadCall(ref MessagePackReader reader, in ReadOnlySequence<byte> message, ref InvocationEnvelope envelope)
    {
        Skip(ref reader, 1);
        envelope = envelope with { InvocationId = reader.ReadString() };
        envelope = envelope with { Target = reader.ReadString() };
        var start = reader.Position;
        Skip(ref reader, 1);
        envelope = envelope with { Arguments = message.Slice(start, reader.Position) };
    }

    /// <summary>Steps over values by counting them, so that what a client nests costs no stack.</summary>
    private static void Skip(ref MessagePackReader reader, long count)
    {
        for (; count > 0; count--)
        {
            switch (reader.NextMessagePackType)
            {
                case MessagePackType.Array:
                    count += reader.ReadArrayHeader();
                    break;
                case MessagePackType.Map:
                    count += 2L * reader.ReadMapHeader();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }
}
