namespace Orleans.Runtime;

/// <summary>Asks for an <see cref="IPersistentState{TState}"/> in a grain's constructor. The state name is the row's name.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute, IFacetMetadata, IPersistentStateConfiguration
{
    public string StateName { get; } = stateName;

    public string? StorageName { get; } = storageName;
}
