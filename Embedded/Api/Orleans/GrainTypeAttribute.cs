using Orleans.Runtime;

namespace Orleans;

/// <summary>Fixes the type part of a grain class's identity; without it the class name decides.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class GrainTypeAttribute(string grainType) : Attribute
{
    public GrainType GetGrainType(IServiceProvider services, Type type) => GrainType.Create(grainType);
}
