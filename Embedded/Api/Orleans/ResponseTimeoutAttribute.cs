using System.Globalization;

namespace Orleans;

/// <summary>How long a caller of this method waits before its call fails with <see cref="TimeoutException"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ResponseTimeoutAttribute(string timeout) : Attribute
{
    public TimeSpan? Timeout { get; init; } = TimeSpan.Parse(timeout, CultureInfo.InvariantCulture);
}
