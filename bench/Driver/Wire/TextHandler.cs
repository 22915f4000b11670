namespace WhatsSound.Bench.Wire;

/// <summary>Takes one or more whole hub messages; called on the thread that polls the sockets, valid during the call.</summary>
internal delegate void TextHandler(ReadOnlySpan<byte> text);
