using WhatsSound.Tests.Rules.Presence.Model;

namespace WhatsSound.Tests.Rules.Presence;

/// <summary>
/// Tabs of four users open, show something else, close and are cut off; gateways and the channel's silo are killed; people come back inside their grace and after it; over calls that are delayed, doubled and overtaken.
/// After each step exactly those are shown who must be, by the definition. <c>WHATSSOUND_TRIES</c> is how many schedules are tried.
/// </summary>
public sealed class When_everything_happens_to_members
{
    private static readonly string[] Users = ["ann", "bob", "cem", "dee"];

    private readonly Dictionary<string, int> _happened = [];

    [Fact]
    public void Should_show_exactly_who_must_be_shown()
    {
        Property.Holds(Play, tries: 500, lengthMax: 60);

        foreach (var what in (string[])["opened", "shown anew", "closed", "cut off", "gateway killed", "silo killed", "silo left", "back inside the grace", "back after the grace"])
            Assert.True(_happened.GetValueOrDefault(what) >= 10, $"{what}: {_happened.GetValueOrDefault(what)} times only.");
    }

    private void Play(byte[] script)
    {
        var world = new PresenceWorld(new VirtualNetwork(script.Length), gatewaysCount: 3);
        var open = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < script.Length; i++)
        {
            Step(world, script[i], i, open);
            // Mostly within a tick or a few; now and then longer than the grace.
            world.Pass(script[i] % 5 == 0 ? PresenceWorld.GraceMs + (script[i] * 7L) : script[i] * 37L % 700);
        }

        world.Pass(60_000);
        world.CheckAtRest();
    }

    private void Step(PresenceWorld world, byte step, int index, HashSet<string> open)
    {
        var gateway = (step >> 3) % 3;
        var user = Users[step >> 5 & 3];
        var tab = $"{user}-{step >> 7}-{world.Gateways[gateway].Id:N}";
        switch (step & 7)
        {
            case 0 or 1 or 2:
                Count(open.Add(tab) ? "opened" : "shown anew");
                world.Gateways[gateway].Enter(user, tab, shown: $"{user} {index}");
                break;
            case 3 or 4 or 5:
                var isCutOff = (step & 7) == 5;
                if (!open.Remove(tab))
                    return;
                Count(isCutOff ? "cut off" : "closed");
                world.Gateways[gateway].Leave(tab, isCutOff);
                if (isCutOff && index % 2 == 0)
                    ComeBack(world, gateway, user, tab, world.Network.NowMs, afterMs: step * 20L);
                break;
            case 6:
                Count("gateway killed");
                open.RemoveWhere(one => one.EndsWith($"{world.Gateways[gateway].Id:N}", StringComparison.Ordinal));
                world.Replace(gateway);
                break;
            default:
                var isKilled = (step & 0x20) == 0;
                Count(isKilled ? "silo killed" : "silo left");
                world.Restart(awayMs: step * 13L, isKilled);
                break;
        }
    }

    /// <summary>The tab is there again, after up to twice the grace, unless its gateway is dead by then.</summary>
    private void ComeBack(PresenceWorld world, int gateway, string user, string tab, long cutOffAtMs, long afterMs)
    {
        var same = world.Gateways[gateway];
        world.Network.After(afterMs, () =>
        {
            if (same.IsDead)
                return;
            Count(world.Network.NowMs - cutOffAtMs < PresenceWorld.GraceMs ? "back inside the grace" : "back after the grace");
            same.Enter(user, tab, shown: $"{user} is back");
        });
    }

    private void Count(string what) => _happened[what] = _happened.GetValueOrDefault(what) + 1;
}
