using Microsoft.Extensions.Options;

namespace WhatsSound.Grains.Rooms;

/// <summary>Refuses to start with limits that make no sense.</summary>
internal sealed class RoomOptionsValidator : IValidateOptions<RoomOptions>
{
    public ValidateOptionsResult Validate(string? name, RoomOptions options)
    {
        var failures = new List<string>();
        Positive(options.MembersMax, nameof(options.MembersMax));
        Positive(options.QueueMax, nameof(options.QueueMax));
        Positive(options.EntriesPerUserMax, nameof(options.EntriesPerUserMax));
        Positive(options.TracksPerCommandMax, nameof(options.TracksPerCommandMax));
        Positive(options.VotersMax, nameof(options.VotersMax));
        Positive(options.ReceiptsMax, nameof(options.ReceiptsMax));
        Positive(options.ChatBurstMax, nameof(options.ChatBurstMax));
        Positive(options.ChatPerSecond, nameof(options.ChatPerSecond));
        Positive(options.OutboxMax, nameof(options.OutboxMax));
        Positive(options.TrackDurationMax.Ticks, nameof(options.TrackDurationMax));
        Positive(options.HostGrace.Ticks, nameof(options.HostGrace));
        Positive(options.SettleTime.Ticks, nameof(options.SettleTime));
        Positive(options.ReceiptAge.Ticks, nameof(options.ReceiptAge));
        Positive(options.ChannelTimeout.Ticks, nameof(options.ChannelTimeout));
        Positive(options.UpkeepInterval.Ticks, nameof(options.UpkeepInterval));
        Positive(options.WatchInterval.Ticks, nameof(options.WatchInterval));
        Positive(options.HostPositionInterval.Ticks, nameof(options.HostPositionInterval));
        if (options.Lead < TimeSpan.Zero || options.Lead > TimeSpan.FromSeconds(2))
            failures.Add($"{RoomOptions.Section}:{nameof(options.Lead)} must be between 0 and 2 s.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Positive(double value, string setting)
        {
            if (value <= 0)
                failures.Add($"{RoomOptions.Section}:{setting} must be above zero.");
        }
    }
}
