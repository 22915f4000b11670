using System.Collections.Concurrent;

namespace WhatsSound.Tests.Engine.Silos;

internal interface ICrowdedGrain : IGrainWithStringKey
{
    Task Enter();
}

/// <summary>Counts how often two turns of one grain, of the same activation or of two, run at once.</summary>
internal sealed class CrowdedGrain : Grain, ICrowdedGrain
{
    private static readonly ConcurrentDictionary<string, int> Inside = new(StringComparer.Ordinal);
    private static int collisions;

    private int calls;

    public static int Collisions => collisions;

    public async Task Enter()
    {
        for (var turn = 0; turn < 3; turn++)
        {
            var key = this.GetPrimaryKeyString();
            if (Inside.AddOrUpdate(key, 1, static (_, count) => count + 1) != 1) Interlocked.Increment(ref collisions);
            Thread.SpinWait(50);
            Inside.AddOrUpdate(key, 0, static (_, count) => count - 1);
            await Task.Yield();
        }

        if (++calls % 50 == 0) DeactivateOnIdle();
    }
}
