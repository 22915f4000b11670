using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Requests;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>A request by its four parts. A door whose protocol has other fields makes the arguments itself, within the same bounds.</summary>
/// <param name="name">As docs/protocol.md names it.</param>
/// <param name="kind">Which limits it falls under.</param>
/// <param name="read">Reads the arguments, each within its bounds.</param>
/// <param name="refuse">Whether the session may do this with these arguments; null: what carries it out says so.</param>
/// <param name="carryOut">Does it.</param>
/// <param name="resultType">The JSON of what it is answered with.</param>
internal sealed class TypedRequest<TArguments, TResult>(
    string name,
    CallKind kind,
    Func<RequestReader, TArguments> read,
    Func<Call, TArguments, Refusal?>? refuse,
    Func<Call, TArguments, Task<Answer<TResult>>> carryOut,
    JsonTypeInfo<TResult> resultType) : SessionRequest(name, kind)
    where TResult : class
{
    private IReadOnlyList<RequestField>? _takes;

    public override IReadOnlyList<RequestField> Takes => _takes ??= ReadTakes();

    public override JsonTypeInfo ResultType => resultType;

    public override Task<Reply> RunAsync(Call call, JsonElement body)
    {
        var reader = new RequestReader(body);
        var arguments = read(reader);
        return reader.Refusal is { } refusal ? Task.FromResult(Reply.Of(refusal)) : RunAsync(call, arguments);
    }

    private List<RequestField> ReadTakes()
    {
        var fields = new List<RequestField>();
        using var nothing = JsonDocument.Parse("{}");
        read(new RequestReader(nothing.RootElement, fields));
        return fields;
    }

    /// <summary>Authorises and carries out.</summary>
    public async Task<Reply> RunAsync(Call call, TArguments arguments)
    {
        if ((refuse?.Invoke(call, arguments) ?? call.RefuseRate(Kind)) is { } refusal)
            return Reply.Of(refusal);
        var answer = await carryOut(call, arguments);
        return answer.IsRefused ? Reply.Of(answer.Refusal) : Reply.Of(answer.Value, resultType);
    }
}
