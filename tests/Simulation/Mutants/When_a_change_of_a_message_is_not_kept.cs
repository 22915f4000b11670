using WhatsSound.Channels;
using WhatsSound.Tests.Simulation.Storms;

namespace WhatsSound.Tests.Simulation.Mutants;

/// <summary>The log keeps that a message was changed, and not the change: whoever comes later is shown what was said first.</summary>
public sealed class When_a_change_of_a_message_is_not_kept : MutantTests
{
    private protected override string Finding => @"^INV-C1: ada has .* of 1, kept is";

    private protected override void Mutate(StormWorld world) => world.Network.Bends = static context =>
    {
        if (context.Request.GetArgumentCount() > 0 && context.Request.GetArgument(0) is PublishRequest { Amends: not null } request)
            context.Request.SetArgument(0, request with { Amends = null });
        return Task.CompletedTask;
    };

    private protected override async Task PlayAsync(Scenario scenario)
    {
        var message = scenario.Ada.Chat();
        await scenario.Ada.SendAsync(message);
        await scenario.Ada.SendAsync(scenario.Ada.Change(message.Receipt!.Position!.Value.Offset, isDeletion: false));
    }
}
