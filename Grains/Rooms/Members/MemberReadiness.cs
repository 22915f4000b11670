using System.Collections.Immutable;

namespace WhatsSound.Grains.Rooms;

/// <summary>Whose players have a song ready, as they report it: of the song that starts and of the one after it, in memory only, and of members only.</summary>
internal sealed class MemberReadiness
{
    /// <summary>The song that starts, and the next.</summary>
    private const int SongsMax = 2;

    /// <summary>The newest last.</summary>
    private ImmutableArray<(string EntryId, ImmutableHashSet<string> UserIds)> _songs = [];

    public void Report(string userId, string entryId)
    {
        var userIds = Of(entryId);
        if (userIds.IsEmpty && _songs.Length == SongsMax)
            _songs = _songs.RemoveAt(0);
        _songs = [.. _songs.Where(song => song.EntryId != entryId), (entryId, userIds.Add(userId))];
    }

    public ImmutableHashSet<string> Of(string entryId) => _songs.FirstOrDefault(song => song.EntryId == entryId).UserIds ?? [];

    /// <summary>What those reported who have left counts no more.</summary>
    public void Keep(IReadOnlyDictionary<string, long> members) =>
        _songs = [.. _songs.Select(song => (song.EntryId, song.UserIds.Except(song.UserIds.Where(userId => !members.ContainsKey(userId)))))];
}
