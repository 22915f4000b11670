using System.Globalization;

namespace WhatsSound.Settings;

/// <summary>A number between two bounds, both included.</summary>
/// <param name="min">The least.</param>
/// <param name="max">The most.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WithinAttribute(double min, double max) : BoundAttribute
{
    /// <summary>The least.</summary>
    public double Min => min;

    /// <summary>The most.</summary>
    public double Max => max;

    /// <inheritdoc/>
    public override string Bounds => string.Create(CultureInfo.InvariantCulture, $"{min:#,0.####} to {max:#,0.####}");

    /// <inheritdoc/>
    protected override bool Holds(object value)
    {
        var number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        return number >= min && number <= max;
    }
}
