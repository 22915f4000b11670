using WhatsSound.Bench.Measures;

namespace WhatsSound.Bench.Channels;

/// <summary>All that was measured with one database.</summary>
internal sealed class StorageResults(string title)
{
    public string Title { get; } = title;

    /// <summary>By what was published to.</summary>
    public Dictionary<string, PublishFigures> Publishing { get; } = new(StringComparer.Ordinal);

    /// <summary>By what was published to, and how often.</summary>
    public Dictionary<string, PacedFigures> Paced { get; } = new(StringComparer.Ordinal);

    /// <summary>To the first acknowledgement of a channel that was not active, by what there was of it.</summary>
    public Dictionary<string, Latencies> Activation { get; } = new(StringComparer.Ordinal);

    public MemoryFigures? Memory { get; set; }
}
