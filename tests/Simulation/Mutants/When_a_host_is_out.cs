using WhatsSound.Rooms;

namespace WhatsSound.Tests.Simulation.Mutants;

/// <summary>A room that comes back has forgotten who is banned, and has them as its host.</summary>
public sealed class When_a_host_is_out : SanctionMutantTests
{
    private protected override string Finding => @"^INV-M1: bob is the host, and is out\.";

    private protected override string InsteadOf(string userId) => "nobody";

    private protected override async Task PlayAsync(Scenario scenario)
    {
        await scenario.Ada.SendAsync(scenario.Ada.Sanction("bob", SanctionKind.Ban, forMs: 20_000));
        await scenario.CrashRoomAsync();
        await scenario.FollowAsync();
        await scenario.Ada.SendAsync(scenario.Ada.Transfer("bob"));
    }
}
