using System.Diagnostics.Metrics;
using WhatsSound.Grains.Metrics;

namespace WhatsSound.Grains.Users;

/// <summary>What users' grains count.</summary>
internal sealed class UserInstruments
{
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _expired;
    private readonly Counter<long> _noticesMissed;

    public UserInstruments(GrainsMeter meter)
    {
        _expired = meter.Meter.CreateCounter<long>("whatssound.user.sessions.expired", "{session}", "Parked sessions that nobody came back for in time.");
        _noticesMissed = meter.Meter.CreateCounter<long>("whatssound.user.notices.missed", "{notice}", "Notices to users, and followers of who is live, that were too many or did not arrive in time.");
        _dropped = meter.Meter.CreateCounter<long>("whatssound.user.sessions.dropped", "{session}", "Parked sessions that had to go because of a bound.");
    }

    public void NoticeMissed() => _noticesMissed.Add(1);

    public void Expired(int sessions) => _expired.Add(sessions);

    public void Dropped() => _dropped.Add(1);
}
