using WhatsSound.Rooms;
using WhatsSound.Tests.Simulation.Storms;

namespace WhatsSound.Tests.Simulation.Mutants;

/// <summary>A gateway takes the word of a session for whose command it is.</summary>
public sealed class When_a_command_is_somebody_elses : MutantTests
{
    private protected override string Finding => @"^INV-M2: bob imposed Mute on eve as ada\.";

    private protected override void Mutate(StormWorld world) => world.Network.Bends = context =>
    {
        if (context.Request.GetArgumentCount() > 0 && context.Request.GetArgument(0) is RoomCommand { Action: ApplySanction } command)
            context.Request.SetArgument(0, command with { UserId = "ada" });
        return Task.CompletedTask;
    };

    private protected override Task PlayAsync(Scenario scenario) => scenario.Bob.SendAsync(scenario.Bob.Sanction("eve", SanctionKind.Mute, forMs: 5_000));
}
