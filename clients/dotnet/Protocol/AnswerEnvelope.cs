using System.Text.Json;

namespace WhatsSound.Client;

/// <summary>What every method answers.</summary>
internal sealed record AnswerEnvelope(bool Ok, JsonElement Result = default, Refusal? Error = null);
