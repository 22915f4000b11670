using WhatsSound.Rooms;

namespace WhatsSound.Tests.Simulation.Mutants;

/// <summary>A room that comes back has forgotten who is banned.</summary>
public sealed class When_a_ban_is_forgotten : SanctionMutantTests
{
    private protected override string Finding => @"^INV-M7: chat-bob-\d+ of bob was carried out, in spite of ";

    private protected override string InsteadOf(string userId) => "nobody";

    private protected override async Task PlayAsync(Scenario scenario)
    {
        await scenario.Ada.SendAsync(scenario.Ada.Sanction("bob", SanctionKind.Ban, forMs: 20_000));
        await scenario.CrashRoomAsync();
        await scenario.PassAsync(2);
        await scenario.FollowAsync();
        await scenario.Bob.SendAsync(scenario.Bob.Chat());
    }
}
