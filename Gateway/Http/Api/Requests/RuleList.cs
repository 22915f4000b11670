using System.Collections.Immutable;
using WhatsSound.Gateway.Control;

namespace WhatsSound.Gateway.Http.Api.Requests;

/// <summary>All rules.</summary>
/// <param name="Rules">The most specific first.</param>
internal sealed record RuleList(ImmutableArray<RuleShown> Rules);
