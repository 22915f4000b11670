using Orleans.Streams;

namespace WhatsSound.Embedded.Streams;

/// <summary>What was published with one call, or how the stream ended.</summary>
internal sealed record StreamBatch(IReadOnlyList<object?> Items, StreamSequenceToken? Token, Exception? Error = null, bool IsCompleted = false);
