using System.Collections.Immutable;
using WhatsSound.Grains.Queue.Order;

namespace WhatsSound.Tests.Rules.Queue;

/// <summary>Plays a script on a fair queue: songs are added, voted on, and served.</summary>
internal sealed class FairScript(bool withVotes)
{
    private const int Users = 6;

    public SongPlay Play { get; } = new();

    /// <summary>Whose song was served, and who had songs waiting then.</summary>
    public List<(string UserId, ImmutableHashSet<string> Waiting)> Served { get; } = [];

    /// <summary>Called after each song that was served.</summary>
    public Action? OnServed { get; init; }

    /// <summary>Called before each vote with the song.</summary>
    public Action<QueuedSong>? OnVote { get; init; }

    public void Run(byte[] script)
    {
        for (var i = 0; i + 1 < script.Length; i += 2)
            Step(script[i], script[i + 1]);
    }

    public bool Serve()
    {
        if (Play.Next() is null)
            return false;
        Served.Add((Play.Queue.Current!.Song.AddedBy, Play.Waiting));
        OnServed?.Invoke();
        return true;
    }

    public void ServeAll()
    {
        while (Serve())
        {
        }
    }

    /// <summary>Twice, with an empty queue in between.</summary>
    public static FairScript Played(byte[] script, bool withVotes = true)
    {
        var play = new FairScript(withVotes);
        play.Run(script);
        play.ServeAll();
        play.Run(script);
        return play;
    }

    private void Step(byte what, byte how)
    {
        switch (what % 8)
        {
            case 0 or 1 or 2:
                Play.Add($"u{how % Users}");
                break;
            case 3 or 4:
                Serve();
                break;
            default:
                VoteOnSomething(what, how);
                break;
        }
    }

    private void VoteOnSomething(byte what, byte how)
    {
        if (!withVotes || Play.Queue.Songs.IsEmpty)
            return;
        var songs = Play.Queue.Songs.Values.OrderBy(song => song.Sequence).ToList();
        var song = songs[how % songs.Count];
        OnVote?.Invoke(song);
        Play.Vote($"voter{how / 8 % 20}", song.EntryId, (what / 8 % 3) - 1);
    }
}
