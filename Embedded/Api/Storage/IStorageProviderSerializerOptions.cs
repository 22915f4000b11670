namespace Orleans.Storage;

public interface IStorageProviderSerializerOptions
{
    IGrainStorageSerializer GrainStorageSerializer { get; set; }
}
