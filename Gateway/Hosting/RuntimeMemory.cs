namespace WhatsSound.Gateway.Hosting;

/// <summary>The runtime itself.</summary>
internal sealed class RuntimeMemory : IMemoryView
{
    // Not to the byte: a precise figure stops all threads.
    public long AllocatedBytes => GC.GetTotalAllocatedBytes(precise: false);

    public long CommittedBytes => GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes;

    public void GiveBack() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}
