namespace WhatsSound.Bench.Wire;

/// <summary>How a socket is set up before it connects.</summary>
/// <param name="ReceiveBufferBytes">What the kernel may hold for the reader; null: its default.</param>
/// <param name="SegmentBytesMax">
/// The largest TCP segment; null: loopback's 64 KiB. With 64 KiB segments a Linux sender gives each connection 2.5 MB of kernel buffer, and a stalled
/// reader is not felt for minutes. 1,460 is what a real network has.
/// </param>
internal sealed record ClientSocketOptions(int? ReceiveBufferBytes = null, int? SegmentBytesMax = null);
