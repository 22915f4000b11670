using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using WhatsSound.Settings;

namespace WhatsSound.Grains.Streams;

/// <summary>The bounds of lanes; section <c>Lanes</c> of the configuration. Validated at start.</summary>
public sealed class LaneOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "Lanes";

    /// <summary>How many gateways one silo sends to.</summary>
    [Within(1, 100_000)]
    public int LanesMax { get; set; } = 1_024;

    /// <summary>How many frames wait for one gateway. 10,000: what a thousand busy rooms make in the 2 s that a batch may take.</summary>
    [Within(1, 1_000_000)]
    public int QueueFramesMax { get; set; } = 10_000;

    /// <summary>How many bytes of publications wait for one gateway. 16 MiB: with all lanes stalled still a bounded part of a silo's memory.</summary>
    [Within(1_024, int.MaxValue)]
    public int QueueBytesMax { get; set; } = 16 * 1024 * 1024;

    /// <summary>How many bytes of publications go in one batch. 256 KiB: some milliseconds of a slow network.</summary>
    [Within(1_024, 16 * 1024 * 1024)]
    public int BatchBytesMax { get; set; } = 256 * 1024;

    /// <summary>How long a gateway may take to answer a batch. 2 s, as the response timeout of the call.</summary>
    [WithinTime("00:00:00.001", "00:00:30")]
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a lane waits after a failed batch.</summary>
    [WithinTime("00:00:00", "00:00:30")]
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>After how many failed batches in a row the gateway is given up; it attaches again when it renews.</summary>
    [Within(1, 100)]
    public int FailuresMax { get; set; } = 3;

    /// <summary>How long a stopping silo waits for gateways to take what is queued: as long as one batch may take.</summary>
    [WithinTime("00:00:00", "00:00:30")]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (QueueBytesMax < BatchBytesMax)
            yield return new ValidationResult($"{Section}:{nameof(QueueBytesMax)} is {QueueBytesMax}; it must be at least {nameof(BatchBytesMax)}, {BatchBytesMax}.");
    }
}

/// <summary>Generated from the bounds of <see cref="LaneOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class LaneOptionsValidator : IValidateOptions<LaneOptions>;
