using WhatsSound.Publications;

namespace WhatsSound.Streams;

/// <summary>The producing end of the <c>live</c> stream provider; the silo registers it.</summary>
public interface ILaneSender
{
    /// <summary>
    /// Puts a frame into the lane of every gateway attached to the stream. Returns at once: it waits for no gateway, and no gateway's trouble makes it
    /// throw. Frames of one stream reach each lane in the order of the calls. Safe from any thread.
    /// </summary>
    void Send(StreamId stream, ChannelFrame frame);
}
