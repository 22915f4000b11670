using Microsoft.Extensions.Options;

namespace WhatsSound.Grains.Streams;

/// <summary>Checks the bounds of lanes at start.</summary>
internal sealed class LaneOptionsValidation : IValidateOptions<LaneOptions>
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
        if (options.FailuresMax is < 1 or > 100)
            yield return $"Lanes:FailuresMax is {options.FailuresMax}; it must be 1 to 100.";
    }
}
