using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsSound.Grains.Users;
using WhatsSound.Playback;

namespace WhatsSound.Grains.Rooms;

/// <summary>What all chats of a silo share.</summary>
internal sealed class ChatServices(IOptions<RoomOptions> options, IRoomClock clock, TimeProvider time, IUserNotices notices, ChatFilters filters, ChatInstruments instruments, ILogger<ChatGrain> logger)
{
    public RoomOptions Options => options.Value;

    public ChatFilters Filters => filters;

    public IUserNotices Notices => notices;

    public ChatInstruments Instruments => instruments;

    public ILogger Logger => logger;

    public TimeProvider Time => time;

    public long NowMs => clock.NowMs;
}
