namespace WhatsSound.Gateway.Hosting;

/// <summary>What the runtime knows of this process's memory, and how it gives back what it does not use.</summary>
internal interface IMemoryView
{
    /// <summary>Bytes allocated since the process started.</summary>
    long AllocatedBytes { get; }

    /// <summary>Bytes that the heap has of the machine.</summary>
    long CommittedBytes { get; }

    /// <summary>Collects everything, and gives the rest back to the machine; the process stands still meanwhile.</summary>
    void GiveBack();
}
