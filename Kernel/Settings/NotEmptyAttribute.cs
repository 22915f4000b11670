namespace WhatsSound.Settings;

/// <summary>A text that is there.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotEmptyAttribute : BoundAttribute
{
    /// <inheritdoc/>
    public override string Bounds => "set";

    /// <inheritdoc/>
    protected override bool Holds(object value) => value is string { Length: > 0 };
}
