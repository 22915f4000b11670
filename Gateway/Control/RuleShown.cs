using System.Text.Json;

namespace WhatsSound.Gateway.Control;

/// <summary>A rule as it is shown.</summary>
/// <param name="Pattern">Its pattern.</param>
/// <param name="Origin">Who has said it.</param>
/// <param name="Rule">All of it.</param>
internal sealed record RuleShown(string Pattern, RuleOrigin Origin, JsonElement Rule);
