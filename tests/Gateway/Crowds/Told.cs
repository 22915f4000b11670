namespace WhatsSound.Tests.Gateway.Crowds;

/// <summary>What a member was told of another, and when.</summary>
internal sealed record Told(string UserId, bool IsJoin, long AtTicks);
