using System.Collections.Immutable;

namespace WhatsSound.Gateway.Http.Api.Requests;

/// <summary>What became of each publication of a batch.</summary>
/// <param name="Answers">In the order in which the publications stand in the request.</param>
internal sealed record BatchAnswers(ImmutableArray<BatchAnswer> Answers);
