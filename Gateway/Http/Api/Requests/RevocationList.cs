using System.Collections.Immutable;

namespace WhatsSound.Gateway.Http.Api.Requests;

/// <summary>Revocations that hold.</summary>
/// <param name="Revocations">In the order of their numbers.</param>
internal sealed record RevocationList(ImmutableArray<RevocationShown> Revocations);
