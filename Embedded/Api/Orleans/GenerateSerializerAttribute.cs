namespace Orleans;

/// <summary>Says that a type may cross a call: its members with <see cref="IdAttribute"/> are what crosses.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute;
