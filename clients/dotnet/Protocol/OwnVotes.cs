namespace WhatsSound.Client;

/// <summary>What this user has said by vote, on whichever connection: it stands for all before.</summary>
internal sealed record OwnVotes(IReadOnlyDictionary<string, int> MyVotes, bool MySkipVote = false);
