using Orleans.Runtime;

namespace Orleans;

/// <summary>Marks an interface whose calls go to one live object, in a client or in a grain.</summary>
public interface IGrainObserver : IAddressable;
