using System.Text.Json.Serialization;
using WhatsSound.Channels;

namespace WhatsSound.Gateway.Http.Api.Requests;

/// <summary>What became of one publication of a batch, as an answer over a connection has it.</summary>
/// <param name="Ok">Whether it was published.</param>
/// <param name="Result">Where; absent where it was not.</param>
/// <param name="Error">Why it was not; absent where it was.</param>
internal sealed record BatchAnswer(
    bool Ok,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Published? Result,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Refusal? Error)
{
    public static BatchAnswer Of(Answer<Published> answer) => new(!answer.IsRefused, answer.Value, answer.Refusal);
}
