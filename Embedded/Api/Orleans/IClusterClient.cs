namespace Orleans;

/// <summary>The cluster as seen from outside of grains.</summary>
public interface IClusterClient : IGrainFactory
{
    IServiceProvider ServiceProvider { get; }
}
