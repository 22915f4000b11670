namespace Orleans.Concurrency;

/// <summary>The method changes no state: calls of such methods to one activation may interleave with each other.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;
