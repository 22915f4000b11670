namespace Orleans.Concurrency;

/// <summary>The method may interleave with every other call to the activation.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;
