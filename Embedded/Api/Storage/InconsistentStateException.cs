using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>The stored state is not the one the writer had read. Escaping from a grain call, it ends the activation.</summary>
[GenerateSerializer]
public class InconsistentStateException : OrleansException
{
    public InconsistentStateException()
    {
    }

    public InconsistentStateException(string message)
        : base(message)
    {
    }

    public InconsistentStateException(string message, Exception? innerException)
        : base(message, innerException!)
    {
    }

    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : this(errorMsg, storedEtag, currentEtag, null)
    {
    }

    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException)
        : base(errorMsg, storageException!)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    internal bool IsSourceActivation { get; set; } = true;

    public string? StoredEtag { get; }

    public string? CurrentEtag { get; }

    public override string ToString() => $"{base.ToString()} (expected ETag {CurrentEtag}, stored ETag {StoredEtag})";
}
