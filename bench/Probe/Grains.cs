using System.Runtime.CompilerServices;
using Orleans;
using Orleans.Runtime;

namespace WhatsSound.Bench.Probe;

/// <summary>What only a server with grains can be asked; the assemblies are the server's own.</summary>
internal static class Grains
{
    /// <summary>Deactivates every grain that nothing is using, as its idle time would.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void DeactivateAll(IServiceProvider services)
    {
        var grains = (IGrainFactory)(services.GetService(typeof(IGrainFactory)) ?? throw new InvalidOperationException("The server has no grains."));
        // The probe's own thread, which has nothing else to do.
#pragma warning disable MA0042, VSTHRD002, CA1849
        grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero).GetAwaiter().GetResult();
#pragma warning restore MA0042, VSTHRD002, CA1849
    }
}
