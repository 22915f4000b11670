using Orleans.Runtime;

namespace WhatsSound.Embedded.Storage;

/// <summary>Makes storage fail on purpose.</summary>
/// <param name="decide">Asked for each operation (Read, Write, Clear) on a state of a grain.</param>
public sealed class StorageFaults(Func<string, string, GrainId, StorageFault> decide)
{
    internal async Task RunAsync(string operation, string state, GrainId grainId, Func<Task> work)
    {
        var fault = decide(operation, state, grainId);
        if (fault is StorageFault.Before) throw new IOException($"{operation} of {state} was made to fail.");
        await work();
        if (fault is StorageFault.After) throw new IOException($"{operation} of {state} was done, and its answer was lost.");
    }
}
