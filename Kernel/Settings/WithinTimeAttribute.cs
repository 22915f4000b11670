using System.Globalization;

namespace WhatsSound.Settings;

/// <summary>A span of time between two bounds, both included, written as in the configuration: <c>00:00:30</c>.</summary>
/// <param name="min">The shortest.</param>
/// <param name="max">The longest.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WithinTimeAttribute(string min, string max) : BoundAttribute
{
    private readonly TimeSpan _min = TimeSpan.Parse(min, CultureInfo.InvariantCulture);
    private readonly TimeSpan _max = TimeSpan.Parse(max, CultureInfo.InvariantCulture);

    /// <summary>The shortest.</summary>
    public string Min => min;

    /// <summary>The longest.</summary>
    public string Max => max;

    /// <inheritdoc/>
    public override string Bounds => $"{min} to {max}";

    /// <inheritdoc/>
    protected override bool Holds(object value) => value is TimeSpan time && time >= _min && time <= _max;
}
