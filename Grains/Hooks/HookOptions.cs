using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using WhatsSound.Settings;

namespace WhatsSound.Grains.Hooks;

/// <summary>Who is told outside of what happens in channels; section <c>Hooks</c> of the configuration. Validated at start.</summary>
public sealed class HookOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "Hooks";

    /// <summary>The receivers, up to 16. Every silo needs the same.</summary>
    public IList<HookEndpoint> Endpoints { get; } = [];

    /// <summary>How many events go in one request.</summary>
    [Within(1, 1_000)]
    public int BatchCountMax { get; set; } = 100;

    /// <summary>How many bytes of events go in one request, though one alone may be larger. 1 MiB: what common servers take.</summary>
    [Within(1_024, 16 * 1024 * 1024)]
    public int BatchBytesMax { get; set; } = 1024 * 1024;

    /// <summary>How long events are collected for.</summary>
    [WithinTime("00:00:00", "00:00:10")]
    public TimeSpan BatchInterval { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a receiver may take to answer.</summary>
    [WithinTime("00:00:00.100", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long after the first failure it is tried again; doubled with each further one.</summary>
    [WithinTime("00:00:00.010", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Up to this: a receiver that is back waits no longer.</summary>
    [WithinTime("00:00:00.010", "00:10:00")]
    public TimeSpan RetryDelayMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>For how long an event is tried before it is given up.</summary>
    [WithinTime("00:00:01", "06:00:00")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How many events wait in a lane, of which each receiver has 8; beyond, the oldest go. 10,000: some minutes of a busy server, and a bounded part of its database.</summary>
    [Within(100, 10_000_000)]
    public int LaneEventsMax { get; set; } = 10_000;

    /// <summary>How often each silo looks for lanes in which events wait, though nobody has said so: after a crash.</summary>
    [WithinTime("00:00:01", "00:10:00")]
    public TimeSpan PatrolInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RetryDelayMax < RetryDelay)
            yield return new ValidationResult($"{Section}:{nameof(RetryDelayMax)} is {RetryDelayMax}; it must be at least {nameof(RetryDelay)}, {RetryDelay}.");
    }
}

/// <summary>Generated from the bounds of <see cref="HookOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class HookOptionsValidator : IValidateOptions<HookOptions>;
