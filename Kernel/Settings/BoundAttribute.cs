using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace WhatsSound.Settings;

/// <summary>What a setting must be. A refusal names the setting as an operator writes it, its value and its bounds.</summary>
public abstract class BoundAttribute : ValidationAttribute
{
    /// <summary>The bounds in words, after "must be": <c>1 to 64</c>.</summary>
    public abstract string Bounds { get; }

    /// <summary>Whether a value is within them.</summary>
    protected abstract bool Holds(object value);

    /// <inheritdoc/>
    protected sealed override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        ArgumentNullException.ThrowIfNull(validationContext);
        if (value is null || Holds(value))
            return ValidationResult.Success;
        var shown = Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "empty";
        return new ValidationResult($"{SectionOf(validationContext.ObjectType)}:{validationContext.MemberName} is {shown}; it must be {Bounds}.{(value is TimeSpan time ? TimeText.Hint(time) : "")}");
    }

    /// <summary>Each record of settings names its section in a constant.</summary>
    private static string? SectionOf(Type record) =>
        record.GetField("Section", BindingFlags.Public | BindingFlags.Static | BindingFlags.FlattenHierarchy)?.GetValue(null) as string;
}
