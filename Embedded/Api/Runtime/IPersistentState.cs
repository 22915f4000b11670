using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>A durable state of a grain: read before activation, written when asked.</summary>
public interface IPersistentState<TState> : IStorage<TState>;
