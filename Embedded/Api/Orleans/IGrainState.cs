namespace Orleans;

/// <summary>A grain's state as a storage provider sees it.</summary>
public interface IGrainState<T>
{
    T? State { get; set; }

    string? ETag { get; set; }

    bool RecordExists { get; set; }
}
