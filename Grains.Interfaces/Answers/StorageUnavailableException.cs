namespace WhatsSound;

/// <summary>
/// The database did not do what a grain asked of it: it is away, full, or too slow. The grain could not answer; the same request may be made again later.
/// Its text says what the database said; the exception of the database itself stays in the silo.
/// </summary>
[GenerateSerializer, Alias("ws.StorageUnavailableException")]
public sealed class StorageUnavailableException : OrleansException
{
    /// <summary>The database has said no to a write, and is as it was; false: it may have written nevertheless, or it was a read.</summary>
    [Id(0)] public bool HasChangedNothing { get; init; }

    /// <summary>Without words.</summary>
    public StorageUnavailableException()
    {
    }

    /// <summary>With what the database said.</summary>
    public StorageUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>With what the database said, and why.</summary>
    public StorageUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
