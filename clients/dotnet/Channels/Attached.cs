namespace WhatsSound.Client;

/// <summary>Where the server let a follower begin, or go on.</summary>
/// <param name="Verdict">What it got of what it missed.</param>
/// <param name="Recoveries">Per channel where it is now, and what was missed.</param>
/// <param name="Replace">Replaces what was known; called when the answer is taken, before anything that follows it.</param>
internal sealed record Attached(Verdict Verdict, IReadOnlyList<Recovery> Recoveries, Action? Replace = null);
