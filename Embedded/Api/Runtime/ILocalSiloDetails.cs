namespace Orleans.Runtime;

/// <summary>The silo that this service container belongs to.</summary>
public interface ILocalSiloDetails
{
    string Name { get; }

    string ClusterId { get; }

    SiloAddress SiloAddress { get; }
}
