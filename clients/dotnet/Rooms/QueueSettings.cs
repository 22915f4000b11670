namespace WhatsSound.Client;

/// <summary>How a queue is ordered and what it takes; what is null stays as it is.</summary>
/// <param name="Mode"><c>fair</c>, <c>dj</c>, <c>fifo</c> or <c>votes</c>.</param>
/// <param name="SongsPerUserMax">How many songs of one user; 0: as many as the server takes without a setting.</param>
/// <param name="MinutesPerUserMax">How many minutes the songs of one user may last together; 0: as long as they like.</param>
/// <param name="NoRepeatMinutes">For how many minutes a song is not played again; 0: it may be at once.</param>
/// <param name="IsVotingOff">Whether members cannot vote.</param>
/// <param name="RemovesVotedDown">Whether a song goes once its score is far enough below zero.</param>
public sealed record QueueSettings(
    string? Mode = null,
    int? SongsPerUserMax = null,
    int? MinutesPerUserMax = null,
    int? NoRepeatMinutes = null,
    bool? IsVotingOff = null,
    bool? RemovesVotedDown = null);
