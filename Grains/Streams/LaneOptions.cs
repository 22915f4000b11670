namespace WhatsSound.Grains.Streams;

/// <summary>The bounds of lanes; section <c>Lanes</c> of the configuration. Validated at start.</summary>
public sealed class LaneOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Lanes";

    /// <summary>How many gateways one silo sends to.</summary>
    public int LanesMax { get; set; } = 1_024;

    /// <summary>How many frames wait for one gateway. 10,000: what a thousand busy rooms make in the 2 s that a batch may take.</summary>
    public int QueueFramesMax { get; set; } = 10_000;

    /// <summary>How many bytes of publications wait for one gateway. 16 MiB: with all lanes stalled still a bounded part of a silo's memory.</summary>
    public int QueueBytesMax { get; set; } = 16 * 1024 * 1024;

    /// <summary>How many bytes of publications go in one batch. 256 KiB: some milliseconds of a slow network.</summary>
    public int BatchBytesMax { get; set; } = 256 * 1024;

    /// <summary>How long a gateway may take to answer a batch. 2 s, as the response timeout of the call.</summary>
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a lane waits after a failed batch.</summary>
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>After how many failed batches in a row the gateway is given up; it attaches again when it renews.</summary>
    public int FailuresMax { get; set; } = 3;
}
