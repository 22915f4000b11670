using System.Text.Json;
using System.Text.Json.Serialization;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Application;

/// <summary>What an app's server answers: <c>{ refused }</c>, or what goes with a yes. With anything else in it, it is no answer: an app that says no in other words has not said yes.</summary>
internal sealed record ApplicationAnswer
{
    public string? Refused { get; init; }

    public string? DisplayName { get; init; }

    public Dictionary<string, IReadOnlyList<string>>? Capabilities { get; init; }

    public long? ExpiresAtMs { get; init; }

    public JsonElement? Data { get; init; }

    public Ruling<ConnectFacts> ToConnect() => RulingOf(new ConnectFacts { DisplayName = DisplayName, Capabilities = Capabilities, ExpiresAtMs = ExpiresAtMs });

    public Ruling<Accepted> ToAccepted() => RulingOf(Accepted.Value);

    public Ruling<PublishChange> ToChange() => RulingOf(new PublishChange { Data = Data is { } data ? Payload.Of(data) : null });

    public Ruling<Payload> ToSaid() => RulingOf(Data is { } data ? Payload.Of(data) : default);

    private Ruling<T> RulingOf<T>(T value) => Refused is null ? value : Ruling.Refuse<T>(Refused);
}

/// <summary>JSON of what an app's server answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ApplicationAnswer))]
internal sealed partial class ApplicationJson : JsonSerializerContext;
