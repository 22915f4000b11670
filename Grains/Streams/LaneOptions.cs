using Microsoft.Extensions.Options;

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

    /// <summary>How long a stopping silo waits for gateways to take what is queued: as long as one batch may take.</summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(2);

    internal sealed class Validator : IValidateOptions<LaneOptions>
    {
        public ValidateOptionsResult Validate(string? name, LaneOptions options)
        {
            var failures = FailuresOf(options).ToList();
            return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
        }

        private static IEnumerable<string> FailuresOf(LaneOptions options)
        {
            if (options.LanesMax is < 1 or > 100_000)
                yield return $"Lanes:LanesMax is {options.LanesMax}; it must be 1 to 100,000.";
            if (options.QueueFramesMax is < 1 or > 1_000_000)
                yield return $"Lanes:QueueFramesMax is {options.QueueFramesMax}; it must be 1 to 1,000,000.";
            if (options.BatchBytesMax is < 1_024 or > 16 * 1024 * 1024)
                yield return $"Lanes:BatchBytesMax is {options.BatchBytesMax}; it must be 1 KiB to 16 MiB.";
            if (options.QueueBytesMax < options.BatchBytesMax)
                yield return $"Lanes:QueueBytesMax is {options.QueueBytesMax}; it must be at least BatchBytesMax.";
            if (options.AnswerTimeout <= TimeSpan.Zero || options.AnswerTimeout > TimeSpan.FromSeconds(30))
                yield return $"Lanes:AnswerTimeout is {options.AnswerTimeout}; it must be above zero and at most 30 s.";
            if (options.RetryPause < TimeSpan.Zero || options.RetryPause > TimeSpan.FromSeconds(30))
                yield return $"Lanes:RetryPause is {options.RetryPause}; it must be zero to 30 s.";
            if (options.StopTimeout < TimeSpan.Zero || options.StopTimeout > TimeSpan.FromSeconds(30))
                yield return $"Lanes:StopTimeout is {options.StopTimeout}; it must be zero to 30 s.";
            if (options.FailuresMax is < 1 or > 100)
                yield return $"Lanes:FailuresMax is {options.FailuresMax}; it must be 1 to 100.";
        }
    }
}
