namespace WhatsSound.Embedded.Storage;

public enum StorageFault
{
    /// <summary>The operation works.</summary>
    None = 0,

    /// <summary>It fails and has done nothing.</summary>
    Before = 1,

    /// <summary>It is done, but its answer is lost: the caller sees a failure.</summary>
    After = 2,
}
