using WhatsSound.Playback;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>What requests are carried out with.</summary>
internal sealed class CallServices(
    SessionHost host,
    ChannelAccess access,
    ChannelActs acts,
    SessionChannels channels,
    SessionHistory history,
    SessionRooms rooms,
    IClusterClient cluster,
    IRoomClock clock,
    Allowances allowances)
{
    public SessionHost Host => host;

    public ChannelAccess Access => access;

    public ChannelActs Acts => acts;

    public SessionChannels Channels => channels;

    public SessionHistory History => history;

    public SessionRooms Rooms => rooms;

    public IClusterClient Cluster => cluster;

    public IRoomClock Clock => clock;

    public Allowances Allowances => allowances;
}
