namespace WhatsSound.Client;

/// <summary>The sample that stands for the members of a channel that has too many to list.</summary>
internal sealed record PresenceSummary(IReadOnlyList<PresenceMember> Sample);
