namespace Orleans.Storage;

/// <summary>Turns grain state into the bytes that a storage provider keeps, and back.</summary>
public interface IGrainStorageSerializer
{
    BinaryData Serialize<T>(T? input);

    T? Deserialize<T>(BinaryData input);
}
