using System.Text.Json;
using Microsoft.Extensions.Options;
using Orleans.Serialization;

namespace Orleans.Storage;

/// <summary>Grain state as UTF-8 JSON.</summary>
public sealed class SystemTextJsonGrainStorageSerializer(IOptions<SystemTextJsonGrainStorageSerializerOptions> options) : IGrainStorageSerializer
{
    private readonly JsonSerializerOptions jsonOptions = options.Value.JsonSerializerOptions;

    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, jsonOptions));

    public T? Deserialize<T>(BinaryData input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return JsonSerializer.Deserialize<T>(input.ToMemory().Span, jsonOptions);
    }
}
