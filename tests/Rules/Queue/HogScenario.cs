using WhatsSound.Grains.Queue.Commands;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Queue;

namespace WhatsSound.Tests.Rules.Queue;

/// <summary>
/// A room of three hours: a hog queues 60 songs at once and has 5 friends who vote for all of them; 9 regulars come in the first 20 minutes, queue 4 songs each
/// and then one every 6 minutes; 10 visitors come at any time before the last half hour with one song; 30 voters vote on most songs within 30 minutes,
/// more often up than down, by how good the song is.
/// </summary>
internal sealed class HogScenario
{
    private const long LengthMs = 3 * 60 * 60 * 1000;
    private const long MinuteMs = 60_000;
    private const int Voters = 30;

    private readonly Random _random;
    private readonly PriorityQueue<Action, (long AtMs, int Number)> _agenda = new();
    private readonly Dictionary<string, long> _arrivedAtMs = [];
    private readonly Dictionary<string, long> _heardAtMs = [];
    private readonly SongPlay _play;
    private readonly bool _withVotes;
    private int _number;
    private long _hogMs;
    private int _run;
    private string? _last;

    public HogScenario(QueueMode mode, bool withVotes, int seed)
    {
        _random = new Random(seed);
        _play = new SongPlay(mode) { NowMs = 0 };
        _withVotes = withVotes;
        Arrive("hog", 0, songs: 60, friends: 5, gapMinutes: null, initial: 60);
        for (var i = 0; i < 9; i++)
            Arrive($"regular{i}", Within(20), songs: 30, friends: 0, gapMinutes: 6, initial: 4);
        for (var i = 0; i < 10; i++)
            Arrive($"visitor{i}", Within(150), songs: 1, friends: 0, gapMinutes: null, initial: 1);
        Run();
    }

    /// <summary>Percent of the time that the hog's songs played.</summary>
    public double HogAirtime => 100.0 * _hogMs / LengthMs;

    /// <summary>Minutes from arrival to the first song, of those who were heard.</summary>
    public IEnumerable<double> WaitsMinutes => Others.Where(_heardAtMs.ContainsKey).Select(user => (double)(_heardAtMs[user] - _arrivedAtMs[user]) / MinuteMs);

    public int NeverHeard => Others.Count(user => !_heardAtMs.ContainsKey(user));

    public int LongestRun { get; private set; }

    /// <summary>Net votes of each song when it started; where votes are not cast, what they would have been.</summary>
    public List<int> NetVotes { get; } = [];

    private Dictionary<string, int> Net { get; } = [];

    private IEnumerable<string> Others => _arrivedAtMs.Keys.Where(user => user != "hog");

    private void Arrive(string user, long atMs, int songs, int friends, double? gapMinutes, int initial)
    {
        _arrivedAtMs[user] = atMs;
        for (var i = 0; i < songs; i++)
        {
            At(atMs, () => Add(user, friends));
            if (i >= initial - 1 && gapMinutes is { } gap)
                atMs += (long)(-Math.Log(1 - _random.NextDouble()) * gap * MinuteMs);
        }
    }

    private void Add(string user, int friends)
    {
        var entryId = _play.NewId();
        var durationMs = 165_000 + _random.Next(120_000);
        _play.Do(user, new AddSongs([new NewSong(entryId, SongPlay.Song(entryId, durationMs))]));
        var quality = Math.Clamp(0.68 + (0.11 * Gauss()), 0, 1);
        for (var voter = 0; voter < Voters + friends; voter++)
        {
            var value = voter >= Voters ? 1 : _random.NextDouble() >= 0.6 ? 0 : _random.NextDouble() < quality ? 1 : -1;
            var who = $"voter{voter}";
            if (value != 0)
                At(_play.NowMs + Within(30), () => Vote(who, entryId, value));
        }
    }

    private void Vote(string voter, string entryId, int value)
    {
        if (!_play.Queue.Songs.ContainsKey(entryId))
            return;
        Net[entryId] = Net.GetValueOrDefault(entryId) + value;
        if (_withVotes)
            _play.Vote(voter, entryId, value);
    }

    private void Run()
    {
        long freeAtMs = 0;
        while (freeAtMs < LengthMs)
        {
            while (_agenda.TryPeek(out _, out var due) && due.AtMs <= freeAtMs)
            {
                _play.NowMs = due.AtMs;
                _agenda.Dequeue()();
            }

            _play.NowMs = freeAtMs;
            freeAtMs = _play.Next() is null ? _agenda.TryPeek(out _, out var next) ? next.AtMs : LengthMs : freeAtMs + Heard(freeAtMs);
        }
    }

    private long Heard(long atMs)
    {
        var song = _play.Queue.Current!.Song;
        _heardAtMs.TryAdd(song.AddedBy, atMs);
        NetVotes.Add(Net.GetValueOrDefault(song.EntryId));
        _run = song.AddedBy == _last ? _run + 1 : 1;
        _last = song.AddedBy;
        LongestRun = Math.Max(LongestRun, _run);
        if (song.AddedBy == "hog")
            _hogMs += Math.Min(song.Track.DurationMs, LengthMs - atMs);
        return song.Track.DurationMs;
    }

    private void At(long atMs, Action action) => _agenda.Enqueue(action, (atMs, _number++));

    private long Within(int minutes) => (long)(_random.NextDouble() * minutes * MinuteMs);

    private double Gauss() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
